# How often someone is written to in private without having asked for it.

due-attention-settle = turn of what waits for each member
due-attention-tidy = erasing of the trace of what was asked

attention-offer = To have me write less: { $less }
attention-together = I have a few things for you. They come together, so that I write only once. There is no hurry.
attention-numbered = { $number }. { $what }
attention-over = There is nothing left to do about it: it is past, or done already.

attention-how-much = How often may I write to you in private, without your having asked for anything?
attention-means-usual = { $most ->
    [0] As usual: here I write to nobody by myself.
    [one] As usual: once a week at most.
   *[other] As usual: { $most } times a week at most.
}
attention-means-less = Less: once a week at most, with all that was waiting.
attention-means-sessions = Only sessions: what is about those you come to, or may come to.
attention-means-nothing = Nothing: I answer when you write to me, and that is all.
attention-now-usual = Just now it is as usual.
attention-now-less = Just now it is less.
attention-now-sessions = Just now it is only sessions.
attention-now-nothing = Just now it is nothing.
attention-yours = Nobody else sees what you choose. If a session you said you would come to changes or is cancelled, I always tell you.
attention-choice-change = Write to me less
attention-choice-usual = As usual
attention-choice-less = Less
attention-choice-sessions = Only sessions
attention-choice-nothing = Nothing
attention-set-usual = { $most ->
    [0] Noted. Here I write to nobody by myself. To change it: { $change }
    [one] Noted: I write to you once a week at most. To change it: { $change }
   *[other] Noted: I write to you { $most } times a week at most. To change it: { $change }
}
attention-set-less = Noted: I write to you once a week at most. To change it: { $change }
attention-set-sessions = Noted: I write to you only about the sessions you come to, or may come to. To change it: { $change }
attention-set-nothing = Noted: I no longer write to you by myself. I answer when you write to me, and I tell you if a session you said you would come to changes. To come back: { $change }

attention-cost-few = { $people ->
    [one] I will write to one person in private. They will read it at that time, later, or not at all, by what they were sent already and what they wish.
   *[other] I will write to { $people } people in private. Each will read it at that time, later, or not at all, by what they were sent already and what they wish.
}
attention-cost-all = I will write to { $people } people in private, all of them at that time.
attention-cost-some = I will write to { $people } people in private. Some have been sent enough messages already: they will read it later, or not at all.
attention-cost-most = I will write to { $people } people in private. Most have been sent enough messages already: they will read it later, or not at all.
attention-cost-counted = I will write to { $people } people in private. { $held } have been sent enough messages already: they will read it later, or not at all.

attention-budget = { $most ->
    [0] In this community I write to nobody in private without being asked.
    [one] I ask each person for something once a week at most: stories, pulses and reminders together.
   *[other] I ask each person for something { $most } times a week at most: stories, pulses and reminders together.
}
attention-budget-choose = Each may want less, and that is seen nowhere. Reminders of sessions come first, then stories, then the pulse.
attention-budget-lately = Over the last seven days:
attention-budget-few = For so few people I do not count what went out over the last seven days: it would be telling of someone.
attention-budget-sent = Messages sent: { $count }
attention-budget-merged = Requests joined to another message: { $count }
attention-budget-waits = Requests that wait for their turn: { $count }
attention-budget-dropped = Requests left, for want of room or of no use any more: { $count }
attention-budget-sent-some = Messages sent: some
attention-budget-merged-some = Requests joined to another message: some
attention-budget-waits-some = Requests that wait for their turn: some
attention-budget-dropped-some = Requests left, for want of room or of no use any more: some
attention-budget-sent-many = Messages sent: many
attention-budget-merged-many = Requests joined to another message: many
attention-budget-waits-many = Requests that wait for their turn: many
attention-budget-dropped-many = Requests left, for want of room or of no use any more: many
attention-budget-to-come = What is planned over the next two weeks:
attention-budget-nothing = Over the next two weeks, nothing is planned that is said to anyone in private.
attention-entry = { $when }, { $what }. { $cost }

help-attention-wish = choose how often I write to you in private
help-attention-budget = see how many private messages go out, and what the next ones cost
label-attention-wish = How much
ask-attention-wish = How often may I write to you? As usual, less, only sessions, or nothing.
