# Ordinary polls: a question to the whole group, a few options, one vote each, and no secret.

rhythm-polls = polls
due-polls-close = results of a poll
due-polls-results = results of a poll, without waiting for the last votes
due-polls-recount = count of a poll

polls-title = Poll: { $question }
polls-why = A question from the facilitators. One click is enough, and you may let it go by.
polls-no-secret = Votes are no secret: the group can know who chose what. One vote each; the last one counts.
polls-ends = It ends { $when }. The results will come here.
polls-ends-everywhere = It ends { $when }. Votes from every room count together, and the results will come here.
polls-so-far = { $count ->
    [one] One vote so far.
   *[other] { $count } votes so far.
}
polls-choice-withdraw = Take back my vote
polls-ended = This poll is over. The results follow.

polls-asked = The whole group is being asked: poll { $number }. The results will come { $when }. To end it sooner: { $close }
polls-closed = Poll { $number } is over. The results are on their way to the room.

polls-voted = Noted: “{ $option }”. Another click changes it, until the poll ends.
polls-voted-already = “{ $option }” is your choice already. Nothing has changed.
polls-withdrawn = Your vote is taken back. You may give another until the poll ends.
polls-not-voted = There is no vote of yours here. Nothing has changed.
polls-over = This poll is over, so that click changed nothing. Thank you all the same. To read the results: { $results }

polls-results = Results of the poll: { $question }
polls-so-far-title = The poll so far: { $question }
polls-most = { $count ->
    [one] One option comes first, with one vote: { $option }.
   *[other] One option comes first, with { $count } votes: { $option }.
}
polls-tie = { $count ->
    [one] A tie, with one vote each: { $options }.
   *[other] A tie, with { $count } votes each: { $options }.
}
polls-no-vote = There were no votes this time. The question may come back another way.
polls-no-vote-yet = No vote yet.
polls-turnout = { $voters ->
    [one] One person voted, of { $members } I know of here.
   *[other] { $voters } people voted, of { $members } I know of here.
}
polls-lacking = One of the rooms could not give me its last votes. A few may therefore be missing.
polls-still-open = It ends { $when }.
polls-awaited = The poll is over. I am waiting for the last votes from one of the rooms, then I give everyone the results.

polls-none = There has been no poll here yet.
polls-none-open = No poll is open just now. Nothing has changed.
polls-over-already = That poll is over already. Nothing has changed. To read the results: { $results }
polls-which = More than one poll may be that one: { $polls }. Add its number to the command. Nothing has changed.
polls-not-found = I can’t find a poll for “{ $typed }”. Here are the latest: { $polls }. Its number is enough.

problem-options-few = A poll needs at least two options, and I see only one: “{ $option }”. Write 2 to { $most }, one a line or with commas between.
problem-options-many = There are { $count } options, and a poll shows { $most } at most. Keep { $most }, then send them again.
problem-options-long = One of the options is too long, with { $length } characters for { $most } at most: “{ $option }”. Shorten it, then send them all again.
problem-options-twice = The option “{ $option }” is there twice. Change one of the two, then send them all again.
problem-span = I can’t read a length of time in “{ $typed }”. Write for example: 3 days, or 2 weeks. If that was an option of the poll, write the options one a line.
problem-span-bounds = “{ $typed }” is too short or too long: from 1 hour to 30 days. Write for example: 3 days.

ask-polls-question = Which question would you like to ask the whole group?
ask-polls-options = What are the options? From 2 to 10, one a line or with commas between.
ask-polls-duration = How long does the poll stay open? For example, 5 days. If not said, 3 days.
ask-polls-poll = Which poll? Its number is enough, or a word of its question.
label-polls-question = Question
label-polls-options = Options
label-polls-duration = Length
label-polls-poll = Poll
polls-taken-back = The poll is taken back: { $question }
help-polls-open = ask the whole group a question, with options; who chooses what is seen
help-polls-close = end a poll before its hour
help-polls-results = read the results of a poll
