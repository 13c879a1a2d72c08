rhythm-pulse = pulse
due-pulse-open = pulse
due-pulse-close = results of the pulse

pulse-why = One question, one click, and that’s all. You may let it go by.
pulse-why-session = It is about the session “{ $theme }”. One click is enough, and you may let it go by.
pulse-sealed = Your answer is sealed, without your name. The group will see the totals { $when }, if there are at least five answers. If not, nobody will see anything.
pulse-own-low = Not at all
pulse-own-high = Completely
pulse-over = This pulse is over, and nothing was added. The next one will come in its time.
pulse-taken = Your answer is there already, sealed. It can’t change any more: nobody knows which one is yours, and neither do I.
pulse-thanks = Thank you, your answer is sealed. You may add a sentence. The whole group will read it, without your name, if there are at least five answers.
pulse-choice-sentence = Add a sentence
pulse-choice-enough = That’s all
pulse-enough = That is just fine. The totals will come in the room.
pulse-stays-there = I may not take away from here what you just chose or wrote. You can delete it yourself. What I sealed stays sealed.
ask-pulse-sentence = Which sentence would you like to add? The whole group will read it, without your name. I remove your message from here as soon as I have it, where I can.
sheet-pulse-sentence = The whole group will read it, without your name, if there are at least five answers.
pulse-sentence-kept = Your sentence is sealed, apart from your answer. Thank you.

pulse-results = The pulse: { $question }
pulse-mean = Mean: { $mean } out of 5, that is, the sum of the answers divided by how many there are. Answers: { $answered }, out of { $asked } people I asked.
pulse-figure = { $mean }
pulse-trend-higher = The same question, { $day }: { $mean }. It is higher now.
pulse-trend-lower = The same question, { $day }: { $mean }. It is lower now.
pulse-trend-same = The same question, { $day }: { $mean }. It is the same now.
pulse-trend-others = The times before, on other questions from 1 to 5: { $figures }.
pulse-sentences = Sentences left with no name, in no order:
pulse-too-few-answered = “{ $question }” There were fewer than five answers. They stay closed, and I have erased them. Thank you to those who took a moment.
pulse-lost = “{ $question }” I can’t open the answers. Their key is gone, most likely after a restoration. Nobody has read them, and I make nothing of them.
pulse-some-lost = Some of the answers could not be opened, and are not counted here.
pulse-too-few-people = I need at least five members to write to: with fewer, an answer would be somebody’s. Nothing was asked.
pulse-asked = Asked in private, of { $count } members. The totals will come { $when }.
pulse-no-results = No results to show yet. They appear when a pulse closes, if there are at least five answers.

help-pulse-now = take the pulse now, with a question of your own if you like
help-pulse-results = see the last results of the pulse
ask-pulse-question = Which question would you like to ask?

label-pulse-sentence = Your sentence
label-pulse-question = Question
title-pulse-sentence = Add a sentence
