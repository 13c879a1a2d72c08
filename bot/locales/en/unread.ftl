# To whoever wrote something encrypted that I could not read for want of its key. Once for each room.

unread-room = I could not read what you wrote in “{ $room }”: the key that opens it did not reach me.
unread-private = I could not read what you just wrote: the key that opens it did not reach me.
unread-then = I asked your app for it. If it comes, I will read your message, and nothing is lost. If not, write it to me again. If it happens again, close your app and open it anew, or tell a facilitator.
