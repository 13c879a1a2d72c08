# What is kept about someone is theirs: to see, to take away, to erase.

privacy-data-title = What I keep about you, in “{ $community }”
privacy-data-person = Your identifier ({ $identifier }) and your name ({ $name }), with your language if you chose one.
privacy-data-account = Another account, linked to this one, on { $platform }: { $identifier }, with your name ({ $name }).
privacy-data-since = When you came: { $day }.
privacy-data-log = In the activity log, under a pseudonym and without any text: { $kinds }.
privacy-data-log-empty = Nothing in the activity log so far. What you do from now on is counted there.
privacy-data-unlogged = Nothing in the activity log: you chose not to be in it.
privacy-data-rsvps = Answers to sessions: { $count }.
privacy-data-attendance = Sessions where your presence was noted: { $count }.
privacy-data-stories = Stories that bear your name or that only facilitators read: { $count }.
privacy-data-story-answers = Times you answered when a story was asked for, without what you answered: { $count }.
privacy-data-story-drafts = Stories waiting for you to decide, sealed: { $count }.
privacy-data-pulses = Pulses you took part in, without what you answered: { $count }.
privacy-data-votes = Polls where your vote is noted: { $count }.
privacy-data-introductions = Introductions, drafted or posted: { $count }.
privacy-data-signature = Your signature of the charter: { $day }.
privacy-data-arrival-open = Being let in among the members: done.
privacy-data-arrival-waiting = Being let in among the members: a facilitator will answer.
privacy-data-arrival-later = Being let in among the members: put off.
privacy-data-arrival-gone = Being let in among the members: asked for, then let go.
privacy-data-messages = Traces of messages I sent you, without their text: { $count }.
privacy-data-requests = What I asked you, or meant to ask you, over the last weeks, without what you answered: { $count }.
privacy-data-wish-less = Your wish that I write to you less.
privacy-data-wish-sessions = Your wish that I write to you only about sessions.
privacy-data-wish-nothing = Your wish that I no longer write to you by myself.
privacy-data-deed = The last thing you did as a facilitator, { $day }. I keep it for a day, so that you can undo it.
privacy-data-conversation = Your answers to a form you are filling in just now.
privacy-data-unlinked = Your unnamed stories and your pulse answers are not in this list: nothing ties them to you.
privacy-data-how = To receive it all in a file: { $export }. To erase it all: { $forget }
privacy-data-log-off = To leave only the activity log: { $log }
privacy-data-log-on = To come back into the activity log: { $log }

privacy-kind-message = { $count ->
    [one] one message
   *[other] { $count } messages
}
privacy-kind-reply = { $count ->
    [one] one reply
   *[other] { $count } replies
}
privacy-kind-reaction = { $count ->
    [one] one reaction
   *[other] { $count } reactions
}
privacy-kind-join = { $count ->
    [one] one arrival
   *[other] { $count } arrivals
}
privacy-kind-leave = { $count ->
    [one] one departure
   *[other] { $count } departures
}
privacy-kind-rsvp = { $count ->
    [one] one answer to a session
   *[other] { $count } answers to sessions
}
privacy-kind-story = { $count ->
    [one] one story
   *[other] { $count } stories
}
privacy-kind-pulse = { $count ->
    [one] one pulse
   *[other] { $count } pulses
}
privacy-kind-attendance = { $count ->
    [one] one attendance
   *[other] { $count } attendances
}
privacy-kind-introduction = { $count ->
    [one] one introduction
   *[other] { $count } introductions
}
privacy-kind-vote = { $count ->
    [one] one vote in a poll
   *[other] { $count } votes in polls
}

privacy-export = Here is everything I keep that leads to you, in a JSON file. Any text editor can read it. It goes to you alone, with what you attached to your stories.
privacy-export-file = veillee-my-data.json
privacy-export-about = Everything Veillée keeps that leads to you, in this community. Unnamed stories and pulse answers are not in it: nothing ties them to you. Times are in universal time.

privacy-forget = I can forget what I keep about you in “{ $community }”. Nothing is erased until you choose. Here is what goes:
privacy-goes-person = your name, your language, and that I know you at all
privacy-goes-log = your rows in the activity log
privacy-goes-sessions = your answers to sessions and your attendance
privacy-goes-stories = stories in your name, and those only facilitators read, with what came with them, which I also take back from the room
privacy-goes-votes = your votes, which also leave the count of polls still open
privacy-goes-introduction = your introduction, which I also take back from the room
privacy-goes-signature = your signature of the charter, and what it opens to you
privacy-goes-messages = the trace of our private messages
privacy-stays = And what I cannot erase:
privacy-stays-unnamed = your unnamed stories and your pulse answers, because nothing leads from them to you
privacy-stays-counted = the totals of polls that are over, where your vote stays as a number with no name
privacy-stays-rooms = the messages themselves, in the rooms and here, and votes cast in the platform’s own polls: they belong to the platform. You can remove your own there, with the recordings and pictures you sent me
privacy-stays-backups = backups made already: facilitators can tell you how long those last
privacy-forget-after = If you stay in the room, what you do there next is counted, as for someone I don’t know. If you want nothing counted, take the second button. I then keep your identifier and that refusal, nothing else.
privacy-choice-erase = Erase it all
privacy-choice-erase-uncounted = Erase and stop counting me
privacy-choice-keep = Change nothing
privacy-unchanged = All right, nothing has changed.
privacy-forgotten = Done: everything that led to you is erased. As I no longer know you, I won’t answer here any more. If you ever want to talk with me again, write to me in the room.
privacy-forgotten-uncounted = Done: everything that led to you is erased. I keep your identifier and your wish to stay out of the log. I won’t write to you again, unless you use a command or a button in the room.

privacy-log-off = If you leave the activity log, I erase all your past rows and write no more of them. The community’s figures will shift a little, and that is your right.
privacy-log-off-stays = Your answers to sessions, your attendance and your stories stay: they serve something else. To erase it all: { $forget }
privacy-choice-uncount = Erase and leave
privacy-log-is-off = Done: your rows are erased, and I write no more of them. To come back: { $on }
privacy-log-off-already = You are not in the activity log. Nothing has changed. To come back: { $on }
privacy-log-is-on = Done: from now on the activity log counts you, under a pseudonym and without any text. To leave it: { $off }
privacy-log-on-already = The activity log counts you already. Nothing has changed. To leave it: { $off }

help-privacy-data = see what I keep about you
help-privacy-export = receive everything I keep about you in a file
help-privacy-forget = erase what I keep about you
help-privacy-log-off = leave the activity log, past included
help-privacy-log-on = come back into the activity log
