# What facilitators are told about the rooms themselves. Nobody is named: it is no one's fault.

rooms-barred = I may not write in “{ $room }” just now. What I had to say there waits, a day at most.
rooms-barred-then = In the room’s settings, give me the right to send messages. From time to time I look whether I may.
rooms-put-out = I was made to leave “{ $room }”. Nothing is lost: sessions, stories and answers are kept.
rooms-put-out-then = To have me back, just invite me there.
rooms-back = I am back in “{ $room }”. Everything goes on from where we were.
rooms-replaced = “{ $room }” was replaced by a new room, and I could not go there. Nothing is lost: sessions, stories and answers are kept.
rooms-replaced-then = Invite me into the new room: everything goes on there from where we were.
rooms-replaced-else = If I don’t come, the person who looks after Veillée can write it in the configuration.
rooms-unsaid = A message due { $when } in “{ $room }” could not be sent. The server failed at it for a whole day. I set it aside: what comes next goes out as usual.
rooms-unsaid-private = A private message due { $when } could not be sent. The server failed at it for a whole day. I set it aside: what comes next goes out as usual.
rooms-unsaid-then = If somebody misses it, say it again in your own words. If it keeps happening, tell the person who looks after Veillée.
