rhythm-icebreakers = icebreaker
icebreakers-title = This week’s icebreaker
icebreakers-invitation = One sentence is enough, in this message’s thread. Reading what others wrote is taking part too.
icebreakers-asked = Done: the question is in the room.
icebreakers-added = Noted. It will be the next icebreaker: “{ $question }”
icebreakers-known-already = That question is in your list already. Nothing has changed.
icebreakers-next = The next question will be: “{ $question }”
icebreakers-skipped = I’m putting aside “{ $question }”. Instead: “{ $instead }”

icebreakers-taken-back = The question is taken back, and may come again.
icebreakers-removed = This question is on the list no more: { $question }

help-icebreakers-now = ask an icebreaker now
help-icebreakers-add = add a question of your own
help-icebreakers-next = see the next question
help-icebreakers-skip = put the next question aside
ask-icebreakers-question = Which question would you like to add?

label-icebreakers-question = Question
