namespace DeEscalationBot.Core.Tests.Coaching.Paraphrasing;

/// <summary>
/// Complaints as people of many regions type them, written by us before the engine was tuned, each with what a listener would
/// have to give back. One a line: the message, then after <c>=&gt;</c> the facts, separated by <c>;</c>, with <c>|</c> between
/// wordings that do as well. Facts are compared without case.
/// </summary>
internal static class EnglishComplaints
{
    public const string Lines =
        """
        Hi there, I've been waiting three weeks for my refund of $45.90 and nobody answers my emails. => three weeks; $45.90; refund; emails
        You charged me twice for the March invoice and I want my money back. => twice; march; money back
        hi i bought a phone on march 3 and it hasnt arrived ive been calling for 3 weeks and no one picks up i want my money => 3 weeks; money
        THIS IS THE THIRD TIME I CALL AND MY INTERNET IS STILL DOWN!!! => third time; internet
        I ordered a size 8 and got a 10, and now I have to pay for the return shipping myself. => size 8; 10; return shipping
        I can't log in to my account since yesterday, it says error 403. => account; yesterday; 403
        We've had no water for ten days and you're still billing us £38 a month. => ten days; water; £38
        You told me the engineer was coming on Tuesday and nobody showed up. I lost a day's work. => engineer; tuesday; day's work
        I was charged a 60 dollar cancellation fee even though I gave 15 days' notice. => 60 dollar; cancellation fee; 15 days
        I haven't had a reply since Monday and I need the certificate before Friday => monday; certificate; friday
        Order 558-2231 came with a cracked screen. I'd like a replacement please. => 558-2231; cracked screen; replacement
        been in this chat for 40 minutes just to be told to phone you => 40 minutes
        I cancelled my subscription in January and I'm still being charged $12.99 every month. => january; $12.99
        I pay for 600 megs and I'm lucky to get 50, I can't work from home like this. => 600; 50; work from home
        The washing machine I bought from you two months ago broke down and your technician never came. => washing machine; two months; technician
        We booked a double room for 14 August and when we arrived we were told there was no reservation. => double room; 14 august; reservation
        I missed my connection in Denver because you left three hours late, and I had to pay $320 for another ticket. => connection; three hours; $320
        I was promised $50 compensation a month ago and I still haven't seen it. => $50; compensation; month ago
        My mother is 82 and has been without her landline for four days, I need it fixed now. => 82; four days; landline; fixed
        I want to cancel line 555-0123 but the app won't let me do it => cancel; 555-0123; app
        I've sent the form three times and every time you ask me for the same document. => three times; document
        The driver left the parcel at the door and it got stolen, I never signed for anything. => parcel; stolen; signed
        It's a disgrace: I paid for next day delivery and the parcel took 9 days. => next day delivery; 9 days
        I'm on the 20 GB plan and the app only shows 5. => 20 gb; 5
        I don't recognise a charge of £1,250.00 from 12/05 on my card, I didn't make that purchase. => £1,250.00; 12/05; card
        I already mailed you the papers twice and you keep saying you don't have them. => papers; twice; don't have them
        My power was cut off although my bill is paid, and all the food in my freezer is ruined. => power; bill; food
        I stayed home from 9 to 2 waiting for the technician and he never turned up. => 9 to 2; technician
        switched plans because your rep said id pay 25 and the bill came for 41 => 25; 41
        I need the invoice for order A-7782 for my accountant, I've asked four times. => a-7782; four times
        Give me back my 300 bucks, the product never arrived => 300 bucks; product; arrived
        Please explain why my fee went from 30 to 45 without any notice. => fee; 30; 45
        I asked for the number transfer on June 2 and I still have no line, I'm losing customers. => june 2; line; customers
        whats up with my order, i paid 15 days ago and it hasnt even left the warehouse => 15 days; warehouse
        My card was blocked while I was travelling and I couldn't pay for the hotel, I had to borrow money. => card; hotel; borrow money
        I called Thursday, was told it would be sorted in 24 hours, and today is Monday. => thursday; 24 hours
        I don't want a voucher, I want the 89 euros back on my card. => 89 euros; card
        I was sold the policy with dental cover and now you say I don't have it. => dental; don't have it
        My billing address has been wrong since February and I can't change it in the portal. => billing address; february; change
        I work with this app every day and each time I export the report it crashes. => report; crashes
        We transferred $2,400 on the 5th and you still haven't confirmed our registration. => $2,400; 5th; registration
        You sent me a blender instead of the coffee maker I ordered, and now you want to charge me for the pickup. => blender; coffee maker; pickup
        My daughter is ill and your pharmacy cancelled my insulin order without telling me. => insulin; daughter|cancelled
        The system went down in the middle of our sale and we lost over 40 orders. => system; 40 orders
        Your app crashes every time I try to upload a photo, I've already reinstalled it twice. => app; photo; twice
        I wrote to you on the 10th, I rang you on the 12th and I'm still without an answer. => 10th; 12th; answer
        I asked your colleague to stop the direct debit and this month you took it again. => colleague; direct debit; this month
        I'll have to pay for another night at the hotel if you don't confirm the flight today. => night; hotel; flight; today
        I asked for a morning delivery, they came at 8:30 pm and I wasn't home. => morning delivery; 8:30; home
        I keep being passed around: billing sends me to support and support sends me to billing, it's been two weeks. => billing; support; two weeks
        I bought two tickets for the concert on the 21st and you only sent me one. => two tickets; 21st; one
        I paid the $1,500 enrolment fee and no course shows up in my account. => $1,500; enrolment; course
        card reader has been down since 8am and my shop is full of people => card reader; 8am; shop
        We emailed a week ago and the only thing we got back was an automatic message. => week ago; automatic message
        you said you'd call me yesterday at 5 and im still waiting => yesterday at 5; waiting
        I'm paying 19.99 a month for something I don't use because you won't let me cancel it. => 19.99; cancel
        My wifi drops every night at 11, I've already restarted the modem and changed the cables. => wifi; 11; modem; cables
        Such a let-down, the sofa came with a stain and the store offers me a 5% discount. => sofa; stain; 5%
        Bloody hell, my router has been dead since day 1 and all you ever tell me is to restart it. => router; day 1; restart
        I don't need another apology. I need to know when the spare part arrives, my workshop has been closed since Monday. => spare part; workshop; monday
        You useless idiots, I was billed 4 times for the same ride and the driver never came. => 4 times; ride; driver
        You offered me 6 months free, I signed on April 8, and my first bill is 24.99. => 6 months; april 8; 24.99
        the courier ate half my order, two burgers and the fries are missing => order; two burgers; fries
        I opened ticket 90871 eight days ago, you closed it without fixing anything and I had to open another one. => 90871; eight days; closed
        """;
}
