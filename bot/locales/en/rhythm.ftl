rhythm-all = all that goes out by itself
rhythm-plan-title = What will go out by itself in the next 30 days
rhythm-plan-empty = Nothing will go out by itself in the next 30 days.
rhythm-plan-how = To read a message in full: { $show }. To skip it: { $skip }. To move it: { $move }. What went out already: { $journal }
rhythm-move-example = 12 | Tuesday 9 am
rhythm-entry = no. { $number } · { $when } · { $what }
rhythm-entry-people = In private, to { $count ->
    [one] one person
   *[other] { $count } people
}:
rhythm-entry-paused = Paused: nothing will go out.
rhythm-entry-untold = Its text depends on what members will confide until then. I don’t show it before its hour.
rhythm-entry-nobody = For now, nobody to send it to.
rhythm-when = { $day } at { $time }
rhythm-no-such-entry = I can’t find a message no. { $number } still to come. To see the list: { $plan }
rhythm-not-skipped = This message was not skipped, so there is nothing to put back: { $entry }.
rhythm-skipped = Skipped: { $entry }. To put it back: { $back }
rhythm-restored = Put back: { $entry }.
rhythm-moved = Moved: { $entry }.
rhythm-nothing-then = At that hour there would be nothing to send: { $entry }. Nothing changed. Choose another hour.
rhythm-promised = { $entry }. Members know this hour and count on it, so this message can be neither moved nor skipped. Nothing changed.
rhythm-promised-stories = { $entry }. Members know this hour and count on it, so this message can be neither moved nor skipped. Nothing changed. The stories come with their session; to move both: { $move }
rhythm-paused = Paused: { $what }. It resumes once you write { $resume }
rhythm-paused-until = Paused: { $what }. It resumes { $until }. To resume earlier: { $resume }
rhythm-resumed = Under way again.
rhythm-pause-past = That day has begun already. Nothing changed. Write the day when everything should start again: tomorrow, for instance.
rhythm-nothing-paused = Nothing was paused.
rhythm-still-paused = Noted. All the rest is still paused: write the command alone to resume everything.

rhythm-late = This was planned for { $when }. It comes a little late.

rhythm-entry-holiday = A day off: nothing will go out.
rhythm-entry-holiday-named = A day off ({ $name }): nothing will go out.
rhythm-entry-merged = Joined with no. { $into }, which goes out at the same hour.
rhythm-entry-overtaken = Too late by then to be of use: nothing will go out.
rhythm-entry-later = It will wait until { $when }.
rhythm-entry-paused-later = Paused: it will wait until { $when }.
rhythm-entry-paused-open = Paused: it will wait until the pause ends.
rhythm-show-as = This is what members will see. The buttons here do nothing.
rhythm-show-more = { $count ->
    [one] One more message of the same kind goes out as well.
   *[other] { $count } more messages of the same kind go out as well.
}
rhythm-inert = This is a preview. The button will work once the message goes out.
rhythm-moved-to-holiday = That day is a day off. It goes out all the same, since you chose the hour.
rhythm-is-paused = Paused: { $what }.
rhythm-is-paused-until = Paused: { $what }. It resumes { $until }.
rhythm-holiday-day = { $day }
rhythm-holiday-period = { $first } – { $last }
rhythm-holiday-named = { $period }: { $name }
rhythm-holiday-example = 20 July | 15 August
rhythm-holiday-set = Noted, { $days ->
    [one] a day off: { $period }. On that day
   *[other] days off: { $period }. On these days
} I only send what belongs to the hour of a session, and what members wait for.
rhythm-holiday-taken = Noted, not off: { $period }. Everything goes out as usual.
rhythm-holiday-still = { $days ->
    [one] That day is a day off
   *[other] Those days are days off
}: { $period }.
rhythm-holiday-none = { $days ->
    [one] That day is no day off
   *[other] None of those days is a day off
}: { $period }.
rhythm-holiday-backwards = The days off would end ({ $last }) before they begin ({ $first }). Nothing changed. Write the first day, then the last.
rhythm-holiday-long = From { $first } to { $last } is more than a year. Nothing changed. To stop everything for long, there is the pause.
rhythm-holidays = Days off in the coming year:
rhythm-holidays-none = No days off in the coming year.
rhythm-holidays-how = To add some: { $add }. To take some away: { $remove }
rhythm-how-to-undo = To go back: { $undo }
rhythm-journal-title = What went out by itself, and what did not
rhythm-journal-empty = Nothing has gone out by itself yet.
rhythm-journal-no-more = There is nothing more in the log.
rhythm-journal-next = To read on: { $next }
rhythm-journal-room = Sent in { $rooms }.
rhythm-journal-asked-few = Sent in private at its hour, later, or not at all, depending on what each person was sent already and what they wish. For so few people I do not count: it would be telling of someone.
rhythm-journal-asked-all = Sent in private to { $people } people.
rhythm-journal-asked-some = Sent in private to most of the { $people } people concerned. The others will read it later, or not at all: their week was full, they want less, or a pause holds it.
rhythm-journal-asked-most = Of { $people } people concerned, most will read it later, or not at all: their week was full, they want less, or a pause holds it.
rhythm-journal-asked-counted = Sent in private to { $reached } people. { $held } others will read it later, or not at all: their week was full, they want less, or a pause holds it.
rhythm-journal-people = Sent in private to { $count } people.
rhythm-journal-people-few = Sent in private to fewer than { $most } people.
rhythm-journal-waiting = { $count } messages wait for the platform to answer.
rhythm-journal-waiting-few = Fewer than { $most } messages wait for the platform to answer.
rhythm-journal-refused = { $count } messages refused by the platform.
rhythm-journal-refused-few = Fewer than { $most } messages refused by the platform.
rhythm-journal-closed = { $count } people did not get it: I cannot write to them in private.
rhythm-journal-closed-few = Fewer than { $most } people did not get it: I cannot write to them in private.
rhythm-journal-too-late = { $count } people did not get it: it was too late to be of use.
rhythm-journal-too-late-few = Fewer than { $most } people did not get it: it was too late to be of use.
rhythm-journal-late = Sent { $gap } later than planned.
rhythm-journal-nobody = There was nothing to send, or nobody to send it to.
rhythm-journal-said = Done.
rhythm-journal-paused = Not sent: it was paused.
rhythm-journal-holiday = Not sent: it was a day off.
rhythm-journal-skipped = Not sent: skipped by a facilitator.
rhythm-journal-merged = Not sent: joined with no. { $into }.
rhythm-journal-overtaken = Not sent: it was too late to be of use.
rhythm-journal-failed = Not sent: a mistake of mine. Whoever looks after Veillée can see which.
rhythm-undone = Undone. { $what }

undo-nothing = There is nothing to undo: I keep only the last thing you did, for a day.
undo-changed = Something changed since: undoing it would undo what someone else did. Nothing changed. To see how things stand: { $plan }
undo-too-late = It is too late to undo it. Nothing changed. To see how things stand: { $plan }
undo-not = The last thing you did cannot be undone by itself. Nothing changed. To see what you can do: { $help }

due-icebreakers-weekly = icebreaker

undo-not-asked = Your last command has changed nothing yet: it waits for you to confirm. If you no longer want it, leave it unanswered.
undo-answered = Members may have answered already, or something changed since. Nothing changed. To cancel the session and tell everyone: { $cancel }
undo-not-in-the-calendar = The event in the calendar is cancelled for good. Nothing changed. You can plan the session again: { $plan }
undo-not-sessions-plan = The session is not announced yet. Under its draft, the button “Drop it” is enough.
undo-not-sessions-announce = Members have read the announcement. Nothing changed. You can edit, move or cancel the session.
undo-not-sessions-attendance = To correct who came, send the whole list again: it replaces the one before.
undo-not-polls-close = The results are known. Nothing changed. You can ask the question again.
undo-not-pulse-ask = The question has reached members in private already. Nothing changed. It closes by itself.

help-rhythm-plan = see what will go out by itself in the next 30 days
help-rhythm-show = read one of these messages in full
help-rhythm-skip = skip one of these messages
help-rhythm-restore = put back a skipped message
help-rhythm-move = move one of these messages
help-rhythm-pause = pause what goes out by itself
help-rhythm-resume = resume after a pause
help-rhythm-holiday = note days off
help-rhythm-unholiday = take days off away
help-rhythm-holidays = see the days off
help-rhythm-journal = see what went out by itself, and why the rest did not
help-rhythm-undo = undo the last thing you did as a facilitator

ask-rhythm-number = Which number?
ask-rhythm-when = Which day, at what time?
ask-rhythm-scope = Pause what? Write “all”, or the name of a rhythm.
ask-rhythm-until = Until which day?
ask-rhythm-first = Which is the first day?
ask-rhythm-last = And the last day?
ask-rhythm-page = Which page?

label-rhythm-number = Number
label-rhythm-when = When
label-rhythm-scope = What
label-rhythm-until = Until
label-rhythm-first = First day
label-rhythm-last = Last day
label-rhythm-page = Page
about-rhythm-number = The number of the message, as the plan gives it
about-rhythm-scope = Everything, or one rhythm only
