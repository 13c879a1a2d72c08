# Linking one's accounts on two platforms, and unlinking them.

linking-nowhere = “{ $community }” meets in one place only: there is no account to link.
linking-code = Your code: { $code }
linking-how = From your other account, write to me in private: { $typed }
linking-once = This code works once, within ten minutes. Show it to nobody.
linking-why = Once your accounts are linked, you count as one person: answers to sessions, attendance, taking part. I then write to you in one place.
linking-not-copied = Nothing said on one side is copied to the other. To unlink your accounts: { $unlink }
linking-account = { $platform }, { $name } ({ $identifier })
linking-linked-already = Your accounts are linked already: { $accounts }. To unlink them: { $unlink }
linking-unknown = I don’t know this code. It may be mistyped, used already, or more than ten minutes old. Nothing has changed. For a new code, write to me from your other account: { $typed }
linking-tried-too-often = Several codes led nowhere. To be safe, I read no more of yours for now. Nothing has changed. Try again in an hour.
linking-own = That is your code indeed. Type it from your other account, on the other platform.
linking-same-platform = These two accounts are both on { $platform }, and I link one account per platform. Nothing has changed.
linking-whose = This code comes from { $theirs }. If that is you, I can link that account to yours here: { $mine }.
linking-beware = If that is not you, link nothing: the other person would see what I keep about you.
linking-choice-link = That’s me, link them
linking-choice-not = That’s not me
linking-one-more = One click is left, on the other side: { $theirs }. I have just written to you there. If you see nothing there, write there: { $typed }
linking-confirm = Your code was typed by { $theirs }. Is that you?
linking-done = Done. These accounts now make one person: { $accounts }.
linking-refused = All right, nothing was linked. The code works no more.
linking-too-late = It is too late for this code. Nothing has changed. To start again, write: { $typed }
linking-nothing-linked = This is the only account of yours I know: there is nothing to unlink.
linking-apart-ask = You are here with this account: { $mine }. Which one should I unlink from it?
linking-apart-past = From then on, each is counted on its own. The past stays counted once, with the account here.
linking-choice-apart = Unlink { $platform }
linking-choice-leave = Change nothing
linking-unchanged = All right, nothing has changed.
linking-apart-already = That account is unlinked already. Nothing has changed.
linking-apart-done = Done. This account now counts on its own: { $account }. The past stays with this one: { $mine }.

help-linking-link = link your accounts on two platforms, to be counted once
help-linking-unlink = unlink your accounts
ask-linking-code = Which code did you get on the other platform? Without one, I give you a code.
label-linking-code = Code
