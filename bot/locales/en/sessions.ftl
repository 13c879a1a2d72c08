# Sessions: planned, announced, answered, changed, and who came.

rhythm-sessions = sessions
due-sessions-announcement = announcement of a session
due-sessions-reminder = reminder of a session
due-sessions-antechamber = antechamber of a session
due-sessions-roll = voice room looked into as a session opens
due-sessions-over = next session pinned once another is over
due-sessions-attendance = attendance to note

sessions-hours = { $when }, until { $ends }
sessions-day-time = { $day } at { $time }
sessions-place = Place: { $place }
sessions-place-to-come = Place to be announced

sessions-choice-yes = I’m coming
sessions-choice-maybe = Maybe
sessions-choice-no = I can’t
sessions-choice-mine = My answer
sessions-choice-attendance = Note who came
sessions-choice-confirm = Announce it
sessions-choice-change = Change it
sessions-choice-drop = Drop it
sessions-choice-move = Move the session
sessions-choice-cancel = Cancel the session
sessions-choice-leave = Leave it as it is

sessions-announced-title = Session: { $theme }
sessions-announced-hours = When: { $hours }
sessions-announced-number = Length: { $length }. This is session { $number }.
sessions-announced-question = Who is coming? You can change your mind at any time.
sessions-announced-counts = Coming: { $yes } · Maybe: { $maybe }
sessions-voice-counts = If the session is held in a voice room, being there during the session counts as attending. If you would rather not be noted that way, type: { $off }
sessions-voice-counts-short = Being in the voice room during the session counts as attending.
sessions-gathering = Session { $number } of “{ $community }”. Showing interest here counts as a “maybe”. To say “I’m coming”, see the announcement in the room.
sessions-following = The next sessions of the series:
sessions-following-date = { $number }, { $when }
sessions-cancelled-title = Cancelled: { $theme }
sessions-cancelled-was = This session was to be on { $when }.
sessions-file = session-{ $number }.ics

sessions-noticed-changed = “{ $theme }” was changed by hand in the group’s calendar. The announcement is up to date, and those who answered are told.
sessions-noticed-cancelled = “{ $theme }” was cancelled by hand in the group’s calendar. The announcement says so, and those who thought of coming are told.

sessions-draft = Here is what I will announce. Nothing is posted before you confirm.
sessions-draft-theme = Theme: { $theme }
sessions-draft-when = When: { $hours }
sessions-draft-length = Length: { $length }
sessions-draft-no-place = Place: to be said later
sessions-draft-cost = What I will write in private for this session:
sessions-draft-series = { $weeks ->
    [one] A series of { $count } sessions, every week:
   *[other] A series of { $count } sessions, every { $weeks } weeks:
}
sessions-draft-gone = This draft was dropped. Nothing was posted. To plan a session: { $plan }
sessions-draft-changed = This text has changed since. Nothing was posted. The latest version is further down.
sessions-draft-past = Its hour has gone by: { $when }. Nothing was posted. Choose another date, and I will read it back to you.
sessions-confirmed-already = It is announced already: it is session { $number }. To cancel it: { $cancel }
sessions-confirmed = It is announced in the room. It is session { $number }.
sessions-confirmed-series = The first is announced in the room, with all the dates. They are sessions { $first } to { $last }. I will announce each of the others when its turn comes.
sessions-announced-now = Announced in the room: “{ $theme }”.
sessions-announced-already = “{ $theme }” is announced already. Nothing has changed. Its announcement is further up in the room.
sessions-dropped = Dropped. Nothing was posted.
sessions-change-what = What would you like to change?
sessions-part-theme = The theme
sessions-part-when = The date and time
sessions-part-length = The length
sessions-part-place = The place
sessions-part-series = The series

sessions-answered-yes = Noted: you’re coming to “{ $theme }”, { $when }.
sessions-answered-maybe = Noted: maybe for “{ $theme }”, { $when }.
sessions-answered-no = Noted: you’re not coming to “{ $theme }”. Thank you for saying so.
sessions-answered-none = Taken back: for “{ $theme }”, it is as if nothing had been said.
sessions-answer-cancelled = The session “{ $theme }” is cancelled. Thank you for answering.
sessions-answer-over = The session “{ $theme }” has taken place. Thank you for answering.
sessions-none-upcoming = No session is planned for now. The next one will be announced in the room.

sessions-list = Sessions to come:
sessions-entry = { $number }, { $when }: { $theme }
sessions-entry-yes = { " " }(you’re coming)
sessions-entry-maybe = { " " }(maybe)
sessions-entry-no = { " " }(you’re not coming)
sessions-list-more = { $count ->
    [one] And one more later.
   *[other] And { $count } more later.
}
sessions-list-how = To say that you’re coming: { $answer }
sessions-calendar = { $count ->
    [one] Here is the session to come, for your calendar.
   *[other] Here are the { $count } sessions to come, for your calendar.
}
sessions-calendar-file = sessions.ics

sessions-edited = Changed for “{ $theme }”. Those who are coming, or may be, are told in private.
sessions-told-theme = The session “{ $before }” has a new theme: { $theme }
sessions-told-place = The session “{ $theme }” has a new place: { $place }
sessions-told-length = The session “{ $theme }” has a new length: { $length }
sessions-move-check = Move “{ $theme }”? New date: { $after }. Present date: { $before }.
sessions-cancel-check = Cancel “{ $theme }”, { $when }?
sessions-check-who = Nothing changes before you confirm. Those who answered will be told in private.
sessions-told-moved = The session “{ $theme }” has moved: { $after }. It was to be on { $before }.
sessions-told-moved-yes = You had said you were coming. I’m keeping your answer unless you change it here.
sessions-told-moved-maybe = You had said maybe. I’m keeping your answer unless you change it here.
sessions-told-moved-no = You couldn’t come. If this date suits you better, you can say so here.
sessions-moved = Done: “{ $theme }” has moved. New date: { $after }. Those who had answered are told.
sessions-told-cancelled = The session “{ $theme }” is cancelled. It was to be on { $when }. There is nothing you need to do.
sessions-cancelled = Done: “{ $theme }” is cancelled. Those who thought of coming are told.
sessions-left-as-is = I’m leaving it as it is.
sessions-changed-since = “{ $theme }” has changed since I asked. Nothing more was done. Ask again if you still wish it.

sessions-problem-cancelled = The session “{ $theme }” is cancelled. Nothing has changed. You can plan a new one.
sessions-problem-over = The session “{ $theme }” has taken place and can’t be changed. Nothing has changed. You can still note attendance.
sessions-problem-begun = The session “{ $theme }” has begun. It can’t be moved or cancelled now, and nothing has changed. Its place and length still can be.
sessions-problem-same = It is so already for “{ $theme }”. Nothing has changed.
sessions-problem-not-begun = The session “{ $theme }” has not begun: { $when }. Nothing was noted. Send the list from that hour on.

sessions-reminder = A reminder: “{ $theme }”, { $when }.
sessions-reminder-yes = You said you were coming. If something comes up, say so here. No reason is needed.
sessions-reminder-maybe = You said maybe. There is room, and you are free to decide.
sessions-antechamber-title = The antechamber is open
sessions-antechamber = We begin at { $time }. Until then, a light question. Just reading is fine too.
sessions-attendance-ask = Who was at “{ $theme }”? When you have a minute, type for example: { $example }
sessions-attendance-short = Who was at “{ $theme }”? When you have a minute.
sessions-attendance-heard = I noted who was in the voice room for “{ $theme }”: { $names }.
sessions-attendance-correct = If someone is missing, or should not be there, send the whole list. For example: { $example }
sessions-attendance-noted = Noted for “{ $theme }”: { $names }.
sessions-attendance-again = To correct it, send the whole list again.

sessions-day-off = { $day }
sessions-on-days-off = { $count ->
    [one] This is a day off: { $days }. The session can be held all the same.
   *[other] These are days off: { $days }. The sessions can be held all the same.
}
sessions-unplanned = { $count ->
    [one] The session “{ $theme }” is planned no more, and its announcement says so.
   *[other] The { $count } sessions “{ $theme }” are planned no more, and the announcement says so.
}
sessions-as-before = The session “{ $theme }” is as it was: { $when }. Those who had answered are told.
sessions-restored = The session “{ $theme }” is on: { $when }. Those who thought of coming are told.
sessions-told-restored = The session “{ $theme }” is on after all, { $when }. It was cancelled by mistake.
help-sessions-plan = plan a session, or a series
help-sessions-announce = announce a session of a series right away
help-sessions-edit = change the theme, the place or the length of a session
help-sessions-move = move a session
help-sessions-cancel = cancel a session
help-sessions-attendance = note who was there
help-sessions-list = see the sessions to come
help-sessions-calendar = receive the sessions for your calendar
help-sessions-yes = say that you’re coming to a session
help-sessions-maybe = say that you may come
help-sessions-no = say that you’re not coming

ask-sessions-theme = What is the theme of the session?
ask-sessions-when = Which day, and at what time? For example: Thursday 14 January at 12:00.
ask-sessions-length = How long is it? For example: 1 h 30.
ask-sessions-place = Where? A link, an address or a voice room.
ask-sessions-series = Does it come back? For example: every 2 weeks, 4 times.
ask-sessions-session = Which session? Its number is enough.
ask-sessions-what = What would you like to change: the theme, the place or the length?
ask-sessions-value = What shall I put instead?
ask-sessions-people = Who was there? Type their names, with commas between.

label-sessions-theme = Theme
label-sessions-when = When
label-sessions-length = Length
label-sessions-place = Place
label-sessions-series = Series
label-sessions-session = Session
label-sessions-what = What
label-sessions-value = Instead
label-sessions-people = Names
about-sessions-session = The session, by its number or by a word of its theme
title-sessions-draft-theme = The theme of the session
title-sessions-draft-when = When the session takes place
title-sessions-draft-length = How long the session lasts
title-sessions-draft-place = Where the session takes place
title-sessions-draft-series = The other dates
