rhythm-all = all that goes out by itself
rhythm-plan-title = What will go out by itself in the next 30 days
rhythm-plan-empty = Nothing will go out by itself in the next 30 days.
rhythm-plan-how = To read a message in full: { $show }. To skip it: { $skip }. To move it: { $move }
rhythm-move-example = 12 | Tuesday 9:00
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
rhythm-skipped = Skipped: { $entry }. To put it back: { $back }
rhythm-restored = Put back: { $entry }.
rhythm-moved = Moved: { $entry }.
rhythm-paused = Paused: { $what }. Nothing will go out until you write { $resume }
rhythm-paused-until = Paused: { $what }. It resumes { $until }. To resume earlier: { $resume }
rhythm-resumed = Under way again.
rhythm-nothing-paused = Nothing was paused.
rhythm-still-paused = Noted. All the rest is still paused: write the command alone to resume everything.

rhythm-late = This was planned for { $when }. It comes a little late.

due-icebreakers-weekly = icebreaker

help-rhythm-plan = see what will go out by itself in the next 30 days
help-rhythm-show = read one of these messages in full
help-rhythm-skip = skip one of these messages
help-rhythm-restore = put back a skipped message
help-rhythm-move = move one of these messages
help-rhythm-pause = pause what goes out by itself
help-rhythm-resume = resume after a pause

ask-rhythm-number = Which number?
ask-rhythm-when = Which day, at what time?
ask-rhythm-scope = Pause what? Write “all”, or the name of a rhythm.
ask-rhythm-until = Until which day?

label-rhythm-number = Number
label-rhythm-when = When
label-rhythm-scope = What
label-rhythm-until = Until
about-rhythm-number = The number of the message, as the plan gives it
about-rhythm-scope = Everything, or one rhythm only
