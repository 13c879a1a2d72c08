# The evaluation: a report read by the community and by those who fund it, often on paper.
# It speaks to no one in particular.

evaluation-title = Evaluation
evaluation-period = { $first } to { $last }
evaluation-made = Prepared on { $day } by Veillée, from what the community did in its rooms.
evaluation-unfinished = The period is not over. The figures stop on { $day }.
evaluation-nothing = Nothing was counted in this period. That does not mean that nothing happened.

evaluation-span-days = { $days ->
    [one] one day
   *[other] { $days } days
}
evaluation-span-weeks = { $weeks ->
    [1] one week
    [2] two weeks
    [3] three weeks
    [4] four weeks
    [5] five weeks
    [6] six weeks
    [7] seven weeks
    [8] eight weeks
    [9] nine weeks
    [10] ten weeks
    [11] eleven weeks
    [12] twelve weeks
    [13] thirteen weeks
   *[other] { $weeks } weeks
}
evaluation-headline = { $people ->
    [one] In { $span }, one person took part in { $community }.
   *[other] In { $span }, { $people } people took part in { $community }.
}
evaluation-headline-written = { $written ->
    [one] They wrote one message.
   *[other] They wrote { $written } messages.
}
evaluation-headline-sessions = { $sessions ->
    [one] One session was held.
   *[other] { $sessions } sessions were held.
}
evaluation-headline-stories = { $stories ->
    [one] One story was told.
   *[other] { $stories } stories were told.
}
evaluation-headline-back = Of { $of } people, { $again ->
    [0] none has come back in another week yet.
    [one] one came back in another week.
   *[other] { $again } came back in another week.
}

evaluation-part = { $value } of { $of }
evaluation-part-percent = { $value } of { $of } ({ $percent }%)
evaluation-not-shown-few = fewer than 5
evaluation-not-shown-withheld = not shown
evaluation-not-shown-nothing = nothing to count
evaluation-table = See the figures in a table
evaluation-how = How it is counted:
evaluation-term = { $name }:
evaluation-quotes-open = “
evaluation-quotes-close = ”

evaluation-weeks-title = Week by week
evaluation-weeks-people-chart = People who took part, by week
evaluation-weeks-people-said = { $weeks ->
    [one] One week. Most people in a week: { $most }. Fewest: { $least }.
   *[other] { $weeks } weeks. Most people in a week: { $most }. Fewest: { $least }.
}
evaluation-weeks-talk-chart = Messages, replies and reactions, by week
evaluation-weeks-talk-said = In all: { $messages } messages, { $replies } replies and { $reactions } reactions.
evaluation-week = Week of
evaluation-partial = * Part of a week: the period starts or stops there.

evaluation-back-title = Coming back
evaluation-back-chart = How many still write or react, as weeks go by
evaluation-back-said = From the first week to the last: { $first }, then { $last }.
evaluation-back-after = { $weeks ->
    [one] 1 week later
   *[other] { $weeks } weeks later
}
evaluation-back-tick = +{ $weeks } wk
evaluation-back-gap = Since the first time
evaluation-back-few = Fewer than five people have a first week behind them. The figure is not shown.
evaluation-back-nothing = It is too early to say.

evaluation-ladder-title = Ways of taking part
evaluation-ladder-intro = Every gesture counts. Each person is counted once, under the gesture that asked the most of them.
evaluation-ladder-chart = People, by the gesture that asked the most of them
evaluation-ladder-few = A group of fewer than five people is not shown, so that nobody can be recognised. A second group may be hidden too. Otherwise a subtraction would give the first away.
evaluation-gesture = Gesture

evaluation-sessions-title = Sessions and stories
evaluation-sessions-none = No session was held in this period.
evaluation-session-number = Session { $number }
evaluation-sessions-cancelled = { $sessions ->
    [one] One session was cancelled.
   *[other] { $sessions } sessions were cancelled.
}
evaluation-sessions-chart = Attendance at each session
evaluation-sessions-said = In order: { $counts }.
evaluation-not-taken = not noted
evaluation-stories-consent = These stories were shared with the community. If the report is to go further, those who told them must agree.
evaluation-stories-left-out = The stories shared with the community are left out of this version of the report.
evaluation-stories-kept = { $stories ->
    [one] One story was told to the facilitators alone. It is counted, never shown.
   *[other] { $stories } stories were told to the facilitators alone. They are counted, never shown.
}
evaluation-story-unnamed = Unnamed
evaluation-story-voice = A story told out loud.
evaluation-story-attached = A story told by a picture or a document.
evaluation-story-more = Read on

evaluation-replies-title = Answering one another
evaluation-replies-few = Fewer than five messages had a reply. The time is not shown.

evaluation-pulse-title = The pulse
evaluation-pulse-none = No pulse closed in this period.
evaluation-pulse-intro = One question, one click, no name. The 5 is always the hoped-for end.
evaluation-pulse-chart = Average of each pulse, from 1 to 5
evaluation-pulse-said = In order of time: { $means }.
evaluation-pulse-lines = A line joins two pulses that asked the same question. The others cannot be compared.
evaluation-pulse-few = Too few answers to show.
evaluation-pulse-mean = average { $mean }
evaluation-pulse-answers = { $of ->
    [0] { $answers } answers
   *[other] { $answers } answers from { $of } people
}
evaluation-pulse-spread = Answers from 1 to 5
evaluation-pulse-sentences = { $sentences ->
    [one] One sentence added
   *[other] { $sentences } sentences added
}
evaluation-pulse-unknown = A question no longer in the bank
evaluation-pulse-session = after session { $number }
evaluation-pulse-ends = From 1 (“{ $low }”) to 5 (“{ $high }”)

evaluation-silent-title = What these figures do not say
evaluation-silent-elsewhere = Most of what a community brings happens elsewhere: in a team, on the phone, in a decision made differently. None of that leaves a trace here.
evaluation-silent-quote = The benefits are generally greater than we think.
evaluation-silent-source = Teaching sheets on virtual communities of practice, UQAM and CLES (our translation)
evaluation-silent-reading = Reading without writing is taking part. Finding an answer, or oneself in a story, is sometimes enough. These figures cannot see it.
evaluation-silent-seasons = A smaller number is not a failure. A community has its seasons, and they never follow a straight line.
evaluation-silent-stories = Stories catch what figures miss. They are meant to be read together.

evaluation-method-title = How these figures are made
evaluation-method-log = Veillée notes who made a gesture, where, when and of what kind. It does not keep what was said.
evaluation-method-names = Each person is known there by a pseudonym drawn at random. No pseudonym appears in this report.
evaluation-method-opt-out = Anyone who asked not to be counted is in none of these figures.
evaluation-method-few = A group of fewer than five people is not shown where somebody could be recognised. Nobody is ranked.
evaluation-method-clock = Weeks run from Monday to Sunday ({ $zone }).

evaluation-name-people = People who took part
evaluation-def-people = They wrote, reacted, voted, answered an invitation, told a story or came to a session. Each counts once, or once a week in the table. Facilitators are included. Someone present on two platforms counts twice, unless they linked their accounts.
evaluation-name-messages = Messages
evaluation-def-messages = What is written in the rooms, replies apart. A message taken back no longer counts.
evaluation-name-replies = Replies
evaluation-def-replies = Messages that answer another, or are written in a thread.
evaluation-name-reactions = Reactions
evaluation-def-reactions = A thumb, a heart or another sign left on a message. A sign that serves as a button, to say “I’m coming” for one, is not counted here.
evaluation-name-newcomers = Arrivals
evaluation-def-newcomers = People who arrived during the period and were never seen before. Coming back is not arriving.
evaluation-name-left = Departures
evaluation-def-left = People who left every room, and were not back before the end of the period.
evaluation-name-came-back = Came back in another week
evaluation-def-came-back = People wrote, reacted or voted in a first week. Those who did so again in another week are counted. A first time in the last week is set aside: it is too early.
evaluation-name-came-back-later = Still here, one to eight weeks later
evaluation-def-came-back-later = We start from the first week of the period in which each person wrote, reacted or voted. We look whether they did so again that many weeks later. The second number is how many people have already lived that week in full.
evaluation-name-newcomers-active = Arrivals followed by a gesture
evaluation-def-newcomers-active = Of those who arrived, the people who took part within fourteen days. Later arrivals are set aside: their fourteen days are not over.
evaluation-name-step-clicked = A click
evaluation-def-step-clicked = A reaction, an answer to an invitation, or a vote in a poll.
evaluation-name-step-wrote = A few words
evaluation-def-step-wrote = A message, a reply or an introduction.
evaluation-name-step-told = A story
evaluation-def-step-told = A story told, however it was shared.
evaluation-name-step-came = A session
evaluation-def-step-came = At least one session where the person was noted as present.
evaluation-name-sessions-held = Sessions held
evaluation-def-sessions-held = Sessions of the period that have begun and were not cancelled.
evaluation-name-sessions-cancelled = Sessions cancelled
evaluation-def-sessions-cancelled = Cancelled sessions that were to be held in the period.
evaluation-name-yes = I’m coming
evaluation-def-yes = People whose last answer to the invitation is “I’m coming”.
evaluation-name-maybe = Maybe
evaluation-def-maybe = People whose last answer to the invitation is “Maybe”.
evaluation-name-no = I can’t
evaluation-def-no = People whose last answer to the invitation is “I can’t”.
evaluation-name-attended = Attendance
evaluation-def-attended = People whom the facilitators noted as present. Zero often means that attendance was not noted.
evaluation-name-came-twice = Came to two sessions or more
evaluation-def-came-twice = Of the people noted as present at a session, those who were at two or more.
evaluation-name-stories-told = Stories told
evaluation-def-stories-told = All the stories told for the sessions of the period, shared or not.
evaluation-name-stories-shared = Stories shared
evaluation-def-stories-shared = Stories whose authors chose to share them with the community, with or without a name, and that were shared.
evaluation-name-stories-kept = Stories kept by the facilitators
evaluation-def-stories-kept = Stories told to the facilitators alone. They are counted, never shown.
evaluation-name-answered = Messages that had a reply
evaluation-def-answered = Somebody else replied before the end of the period. Reactions do not count here.
evaluation-name-first-reply = Time to the first reply
evaluation-def-first-reply = The time between a message and the first reply from somebody else. Half the replies come sooner, half later. Messages without a reply are left out.
evaluation-name-pulse-answers = Answers
evaluation-def-pulse-answers = People who answered, out of those who were asked. Below five answers, nothing is shown.
evaluation-name-pulse-mean = Average
evaluation-def-pulse-mean = The average answer, from 1 to 5, rounded to one decimal.
evaluation-name-pulse-step = Answers at each step
evaluation-def-pulse-step = How many people chose 1, 2, 3, 4 or 5.
evaluation-name-pulse-sentences = Sentences added
evaluation-def-pulse-sentences = Sentences written beside an answer. They are counted, not reproduced.

evaluation-calendar-session = Session { $number } of { $community }
