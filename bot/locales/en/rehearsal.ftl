# The rehearsal of a season: what whoever prepares one reads, in the terminal and in the transcript.

rehearsal-title = { $community }: a season rehearsed
rehearsal-subtitle = { $weeks ->
    [one] One week
   *[other] { $weeks } weeks
}, { $members ->
    [one] one member
   *[other] { $members } members
} and { $facilitators ->
    [0] no facilitator
    [one] one facilitator
   *[other] { $facilitators } facilitators
}. All invented, but for what Veillée writes.
rehearsal-progress = Week { $week } of { $weeks }

rehearsal-moment-planned = A facilitator plans the sessions
rehearsal-moment-announced = The announcement, in the room
rehearsal-moment-greeted = The greeting, in the room
rehearsal-moment-first = First words, to { $name } in private
rehearsal-moment-icebreaker = An icebreaker, and two answers
rehearsal-moment-mistyped = A mistyped command
rehearsal-moment-story = A story asked of { $name }, in private
rehearsal-moment-stories = The stories, at the hour of the session
rehearsal-moment-pulse = The pulse, to { $name } in private
rehearsal-moment-result = What the pulse said, in the room
rehearsal-moment-newcomers = Mid-season, people arrive
rehearsal-clicked = { $name } clicks [{ $label }]
rehearsal-clicked-sealed = { $name } clicks. Nobody will know on what.
rehearsal-edited = (edited)
rehearsal-cut = (the rest is in transcript.md)

rehearsal-done = The season has been played
rehearsal-sum-said = Veillée wrote { $room } messages in the room and { $private } in private, with nobody to remind it.
rehearsal-sum-members = Members wrote { $messages } messages and { $replies } replies, and clicked { $clicks } times.
rehearsal-sum-sessions = { $sessions ->
    [0] No session.
    [one] One session: { $yes } said “I’m coming”, { $came } came.
   *[other] { $sessions } sessions: “I’m coming” { $yes } times, { $came } attendances in all.
}
rehearsal-sum-stories = { $stories ->
    [0] No story of experience.
    [one] One story of experience.
   *[other] { $stories } stories of experience, { $unsigned } of them with no name or read by a facilitator.
}
rehearsal-sum-pulses = { $pulses ->
    [0] No pulse.
    [one] One pulse, { $answers } answers, none tied to a person.
   *[other] { $pulses } pulses, { $answers } answers, none tied to a person.
}
rehearsal-files = It is all in { $folder }
rehearsal-file-transcript = the season as members would read it
rehearsal-file-report = the evaluation, with its definitions
rehearsal-file-calendar = the sessions, for a calendar
rehearsal-file-activity = the activity log: who, where, when, never what
rehearsal-file-database = the database, whole
rehearsal-again = The same season with --seed { $seed } gives exactly the same files.

rehearsal-transcript-intro = A season rehearsed behind closed doors, on a clock that runs fast. The people, their messages and their stories are invented. What Veillée writes is what your members would read.
rehearsal-room = In the room
rehearsal-private = In private
rehearsal-private-intro = The private conversations of a few people, whole. Every member has their own, which nobody else reads.
rehearsal-week = Week { $number }
rehearsal-who-facilitates = { $name }, who facilitates
rehearsal-who-tells-stories = { $name }, who likes to tell
rehearsal-who-clicks = { $name }, who would rather click
rehearsal-who-joins-in-week-5 = { $name }, who arrives in week 5

rehearsal-inside-offer = You can step inside now: speak, click, move the clock.
rehearsal-inside-help =
    Type a sentence: it is said where you are.
    as Amandeep: become someone else. who: see who is there.
    room: speak in the room. dm: speak with Veillée alone.
    thread …: answer under Veillée’s last message in the room.
    2: press button 2.
    +3 days, +2 hours: move the clock.
    { $help }: what Veillée can do. In private, { $private } is enough.
    quit: leave.
rehearsal-inside-now-room = { $when }. You are { $name }, in the room.
rehearsal-inside-now-private = { $when }. You are { $name }, in private with Veillée.
rehearsal-inside-place-room = room
rehearsal-inside-place-private = private
rehearsal-inside-unknown = Nobody here is called { $name }. To see who is there: who
rehearsal-inside-gone = { $name } is not in the room at the moment. Choose someone else, or move the clock.
rehearsal-inside-no-button = There is no button { $number } under the messages you see.
rehearsal-inside-no-thread = Veillée has written nothing in the room.
rehearsal-inside-gap = I could not tell how far to move the clock. For example: +3 days
rehearsal-inside-far = One year at most at a time.
rehearsal-inside-quiet = Nothing new.
rehearsal-inside-nothing = (Veillée does not answer: in the room it only listens for commands.)
rehearsal-inside-more = … and { $count } messages before these.
rehearsal-inside-facilitators = Facilitators: { $names }
rehearsal-inside-members = Members: { $names }
rehearsal-inside-absent = Not there at the moment: { $names }
rehearsal-inside-bye = The files are up to date, with what you did.

rehearsal-season-missing = There is no season { $file }. With no file, veillee rehearse plays an example.
rehearsal-season-not-toml = { $file } cannot be understood at line { $line }: quotes, brackets, equals signs.
rehearsal-season-key-missing = { $file }: { $key } is missing. The example season shows what to write: { $example }
rehearsal-season-nobody = { $file }: there is no member. Give a temperament a number, for example chatty = 3.
rehearsal-season-crowd = { $file }: temperaments add up to { $count } members. A rehearsal takes { $most } at most.
rehearsal-season-name-empty = { $file }: one of the names in members or facilitators is empty.
rehearsal-season-name-twice = { $file }: two people are called { $name }. Add an initial to one of them.
rehearsal-season-names-count = { $file }: members names { $names } people, temperaments add up to { $count }. Make the two agree.
rehearsal-season-when = { $file }: I can’t read a day and hour to come in “{ $when }”. Write for example: Thursday 4 February at 12:00.
rehearsal-season-length = { $file }: I can’t read a length of time in “{ $length }”. Write for example: 1 h 30.
rehearsal-season-repeat = { $file }: I can’t read a series in “{ $repeat }”. Write for example: every two weeks, 4 times.
rehearsal-season-then = { $file }: “{ $theme }” comes { $times } times, and then describes { $more } after the first. That is too many.
rehearsal-lang = --lang is fr or en, not { $lang }.
rehearsal-out = I cannot write in { $folder }: { $why }. Give another folder with --out.
