# Welcoming, and introducing oneself.

rhythm-welcome = welcome
due-welcome-greet = welcome
due-welcome-draft = erasing of a draft

welcome-new = Welcome, { $names }. There is no hurry: reading is taking part too.
welcome-new-many = Welcome to the { $count } people who have just come in. There is no hurry: reading is taking part too.
welcome-back = Good to have you back, { $names }.
welcome-back-many = Good to have back the { $count } people who return.
welcome-late = A little late on my part. { $greeting }
welcome-how = { $count ->
    [one] To learn what I can do for you, write { $help } here and I answer in private.
   *[other] To learn what I can do for each of you, write { $help } here and I answer in private.
}

welcome-hello = Hello { $name }. I’m Veillée, a programme: I lend a hand to the facilitators of “{ $community }”.
welcome-kept = I note who writes, where and when, under a pseudonym. I don’t keep what is said in the rooms. To see or erase what I keep about you: { $data }
welcome-how-often = { $most ->
    [one] Without your asking, I write to you in private once a week at most. To have less of it: { $less }
   *[other] Without your asking, I write to you in private { $most } times a week at most. To have less of it: { $less }
}
welcome-mission = What brings people together here: { $mission }
welcome-steps = To begin, one small thing is enough, and you choose which:
welcome-step-click = React to a message. One click, and you are here.
welcome-step-sentence = Answer someone in a sentence. Spelling is nobody’s business.
welcome-step-introduce = Introduce yourself: three short questions, two minutes. Skip any you like.
welcome-ask = Would you like to introduce yourself now? You see the text before anyone else does.
welcome-choice-introduce = Introduce myself
welcome-choice-later = Another time
welcome-other-language = Français
welcome-later = All right. Whenever you like: { $introduce }
welcome-language = All right, I’ll speak English with you.

ask-welcome-language = Which language shall I speak with you? French, or English.
ask-welcome-does = Three short questions. Nobody reads your answers until you say so. To begin: what do you do, at work or elsewhere?
ask-welcome-hopes = What do you hope to find here?
ask-welcome-about = A small thing about you? Something you like, a place, a habit.
ask-welcome-new-does = What you do: put it another way. If you skip, I keep your sentence.
ask-welcome-new-hopes = What you hope to find here? If you skip, I keep your sentence.
ask-welcome-new-about = The small thing about you? If you skip, I keep your sentence.

welcome-quote-does = What I do: { $answer }
welcome-quote-hopes = What I hope to find here: { $answer }
welcome-quote-about = A small thing about me: { $answer }
welcome-draft = Here is what the room would read:
welcome-draft-kept = Nobody else has read it. If I hear nothing from you, I erase it on { $until }.
welcome-choice-post = Post it
welcome-choice-change = Change it
welcome-choice-discard = Not now
welcome-choice-withdraw = Take it back
welcome-introduction = { $who } says hello.
welcome-posted = Your introduction is in the room. Thank you. You can take it back whenever you like.
welcome-posted-already = Your introduction is in the room already. Nothing has changed.
welcome-discarded = All right, it is erased. Whenever you like: { $introduce }
welcome-withdrawn = It is gone from the room. Whenever you’d like to write another: { $introduce }
welcome-draft-gone = That text is no longer here: it has been changed or erased since. Nothing was posted. To write another: { $introduce }
welcome-nothing-given = You skipped them all, and that is quite all right. Nothing was kept. Whenever you like: { $introduce }

help-welcome-introduce = introduce yourself, in three short questions
help-welcome-language = choose the language I speak with you

label-welcome-language = Language
label-welcome-does = What you do
label-welcome-hopes = What you hope to find here
label-welcome-about = A small thing about you
label-welcome-new-does = What you do
label-welcome-new-hopes = What you hope to find here
label-welcome-new-about = A small thing about you
title-welcome-introduction = Introduce yourself
title-welcome-change = Put it another way
