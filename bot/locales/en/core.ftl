# What Veillée says when something is amiss, and while a form is filled in.
# An error says what happened, that nothing was lost, and what to do next.

problem-unknown-command = I don’t know that command. Did you mean { $nearest }? To see them all: { $help }
problem-unknown-words = I didn’t follow. To see what I can do: { $help }
problem-enough = I can’t follow you just now, so I’ll be quiet for { $minutes } minutes. The commands I know still work. To see them: { $help }
problem-facilitators-only = That command is for facilitators. Nothing has changed. If you facilitate here, ask for that right in the room.
problem-ours = Something went wrong on my side. It isn’t your doing. Try again in a moment. If it goes on, give this number to whoever looks after Veillée: { $number }
problem-no-words = I need some words. A few are enough.
problem-line-too-long = That is a little long: { $length } characters, and I can keep { $most }. Shorten it, then send it again.
problem-story-too-long = Your story has { $length } characters, and I can keep { $most }. It is still in your message, nothing is lost. Keep the heart of it, or send a voice note.
problem-voice-here = I need written words here. A few are enough. Your voice note was not kept.
attachment-none = Stories are kept in words only here. I did not take what you attached, and nothing else has changed. A few sentences are plenty.
attachment-kind = I can take a recording, a picture or a PDF, and this is something else. I kept nothing of it, and your file is untouched. You can send it in another form, or write a few words.
attachment-empty = The file you sent is empty: there is nothing in it to hear or see. Nothing was kept. Send it again, or write a few words.
attachment-too-heavy = Your file is heavier than I can take: { $most } MB at most. Nothing was kept, and your file is untouched. A shorter recording fits, or a few words.
attachment-one = I can take one file with a story, and several came. None was kept. Send me the one you prefer.
attachment-out-of-reach = I could not fetch what you sent. It may have been removed, or the platform did not answer. Nothing was kept. Send it again, or write a few words.
problem-settled = That is already settled. Nothing has changed.
problem-number = I can’t read “{ $typed }” as a number. Write it in digits, for example 2.
problem-date = I can’t read a date in “{ $typed }”. Write for example: Thursday 14 January at 12:00.
problem-date-past = That has gone by: { $when }. Write a date still to come.
problem-date-far = “{ $typed }” is more than ten years away. Check the year.
problem-date-ambiguous = That date can be read in more than one way: { $readings }. Copy the one you mean, as it is written here.
problem-date-skipped = The clocks go forward that day, and “{ $typed }” does not exist. Choose a later hour.
problem-time-missing = The hour is missing in “{ $typed }”. Write for example: Thursday 14 January at 12:00.
problem-duration = I can’t read a length of time in “{ $typed }”. Write for example: 1 h 30, or 90 min.
problem-no-such-session = I can’t find a session for “{ $typed }”. To see the list: { $list }
problem-several-sessions = Several sessions match “{ $typed }”: { $sessions }. Give its number.
problem-unknown-people = I don’t recognise: { $names }. Write names as they show here, with commas between. Nothing was noted.
problem-scope = I don’t know what “{ $typed }” is. Choose among: { $known }, or all.
problem-language = I speak French and English. Write: French, or English.
problem-option = I don’t know “{ $typed }” here. Choose among: { $known }.
problem-series = I can’t read a series in “{ $typed }”. Write for example: every 2 weeks, 4 times.
problem-series-long = A series has { $times } sessions at most, { $weeks } weeks apart at most. Write for example: every 2 weeks, 4 times.

private-closed = My answer is for you alone, and I can’t reach you in private. Write me a word in private, any word, then ask again.
problem-gone = I don’t know you as a member of “{ $community }”, so I can’t help you here. If you are in the room, write it there. To see what I keep about you: { $kept }. To erase it: { $forget }

form-in-private = I’m writing to you in private for the rest.
form-gap = { " " }
form-hint = (To stop: cancel.)
form-hint-optional = (Optional: type “skip”. To stop: “cancel”.)
form-cancelled = Cancelled. Nothing was kept.
form-forgotten = I have changed since your last answer and lost the thread. Start again whenever you like, nothing was kept.
form-aloud = Or a recording, a picture, a PDF
form-file-not-kept = What you attached was not kept. You have it still, where you took it from.
form-open-again = The form is ready. One click opens it.
form-choice-open = Open
form-choice-correct = Correct it
form-given-back = Here is what you had written:
done = Done.
problem-stranger = I don’t know you yet. First write something where your community meets, then ask again.
