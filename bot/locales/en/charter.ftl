# Signing the charter, and being let in among the members.

charter-title = The charter
charter-means = To sign the charter is to say yes to its rules for as long as you are here. I note that you signed, and when. You can take your signature back whenever you like.
charter-choice-sign = I sign the charter
charter-choice-unsign = Take my signature back
charter-signed-on = You signed this text on { $day }.
charter-changed = This text has changed since you signed it on { $day }. Nothing closes for you. If it still suits you, you can sign it as it is now.
charter-take-back = You can take your signature back with one click. The rooms kept for members then close for you, and nothing else changes.
charter-count = Signatures of today’s text, among those present: { $count }.

charter-signed = Signed, thank you.
charter-signed-already = I have had your signature since { $day }. Nothing has changed.
charter-again = To read the charter again or take your signature back: { $charter }
charter-open = If there are rooms kept for members here, they are open to you.
charter-waiting = A facilitator will answer, and I will tell you in private. There is nothing to do until then.
charter-stuck = Your signature is safely noted. The rooms kept for members did not open by themselves: a facilitator will see to it. There is nothing for you to do again.
charter-not-now = Thank you for signing the charter. The facilitators would rather wait a little before opening the rooms kept for members to you. It is not a reproach. You can talk with them about it.
charter-not-now-talk = Thank you for signing the charter. The facilitators would rather wait a little before opening the rooms kept for members to you. It is not a reproach. You can talk about it with { $names }.
charter-welcomed = Welcome among us. If there are rooms kept for members here, they are open to you. There is no hurry: reading is taking part too.
charter-unsigned = Done, your signature is yours again. The rooms kept for members close for you. Nothing else changes.
charter-unsigned-again = To sign again, whenever you like: { $charter }
charter-unsigned-already = I have no signature of yours to give back. Nothing has changed.

charter-arrived = { $who } has just come in and signed the charter.
charter-arrived-before = { $who } has signed the charter.
charter-arrived-ask = Shall we let them in? One click is enough. Whatever you answer, I tell them gently, in private.
charter-choice-welcome = Let them in
charter-choice-later = Not now
charter-settled-open = { $who } signed the charter. { $by } welcomes them.
charter-settled-later = { $who } signed the charter. { $by } answered: not now. To come back to it: { $arrivals }
charter-let-in = { $who } signed the charter. That is enough to come in now: there is nothing to decide.
charter-left = { $who } is no longer here. There is nothing to decide.
charter-taken-back = { $who } took their signature back. There is nothing to decide.
charter-done-open = Done. { $who } learns of it in private.
charter-done-later = Noted. { $who } learns of it in private, without reproach, with a name to talk to.
charter-done-untold = Done. I can’t write to { $who } in private: a word from you will do them good.
charter-nobody = This person is no longer here, or took their signature back. There is nothing to decide, and nothing has changed.
charter-settled-already = Someone has answered already. Nothing has changed.

charter-waiting-title = Waiting to come in:
charter-later-title = Answered “not now”:
charter-waiting-one = { $who }, signed on { $day }
charter-choice-welcome-who = Let { $who } in
charter-choice-later-who = Not now: { $who }
charter-waiting-none = Nobody is waiting.
charter-waiting-more = { $count ->
    [one] There is one more. Their button comes next: { $arrivals }
   *[other] There are { $count } more. Their buttons come next: { $arrivals }
}
charter-approval-off = Here, signing the charter is enough to come in.

charter-door = Someone signed the charter, and I can’t open the rooms kept for members to them. The signature is noted, nothing is lost.
charter-door-look = Three things to look at in the server’s settings:
charter-door-there = the members’ role still exists;
charter-door-below = in the list of roles, it stands below mine;
charter-door-allowed = I have the permission to manage roles.
charter-door-then = Once that is settled, one click here opens to everyone who signed.
charter-choice-try = Try again
charter-door-tried = { $by } asked me to try again. People concerned: { $count }. If it is still refused, I say so here.
charter-door-nobody = { $by } asked me to try again. People waiting: { $count }.
charter-door-not-closed = { $who } took their signature back, and I can’t close the rooms kept for members to them. If they have the members’ role, it has to be taken off by hand.

help-charter-charter = read the charter, sign it, or take your signature back
help-charter-arrivals = see who is waiting to come in
