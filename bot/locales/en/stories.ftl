rhythm-stories = stories
due-stories-prompt = invitation to tell a story
due-stories-share = stories shared in the session’s thread
due-stories-tidy = erasing what stayed sealed
due-stories-release = clearing of addresses once stories were shared

stories-prompt = We meet { $when }, about “{ $theme }”. Does a moment come to mind? Three sentences are plenty, and you choose who reads them.
stories-prompt-again = “{ $theme }” is { $when }. If a moment comes to mind, three sentences are plenty.
stories-prompt-short = “{ $theme }”, { $when }: does a moment come to mind?
stories-choice-tell = Tell a moment
stories-questions = To help, if you like:
stories-may-pass = You may pass: one click says so, and I won’t bring it up again for this session.
stories-choice-write = Write
stories-choice-record = Voice note
stories-choice-pass = Not this time
stories-passed = Noted, and that is quite all right. I won’t bring it up again for this session.
stories-kept-already = Your story for this session is kept already. To read it again or take it back: { $mine }
stories-cancelled = This session won’t take place, so I no longer gather stories for it.
stories-begun = The session “{ $theme }” has begun. A moment can still be told there and then, or in the session’s thread.
stories-still-there = What you wrote is still in our conversation.

ask-stories-story = Tell it here, in one message, as short or as long as you like. A voice note is welcome too. I show it to you first, then you choose who reads it.
ask-stories-recording = Send your voice note here. A picture or a PDF is fine too, or a few words. Then you choose who hears it.
sheet-stories-story = As short or as long as you like. I show it to you first, then you choose who reads it.
sheet-stories-recording = A picture or a PDF is fine too, or a few words. Then you choose who hears it.
ask-stories-session = For which session? Its number is enough, or a word of its theme.
ask-stories-member = Whose story is it?
ask-stories-words = What is their story? Write it here, or send a voice note.
ask-stories-story-in-words = Tell it here, in one message, as short or as long as you like. I show it to you first, and then you choose who reads it.
ask-stories-words-in-words = What is their story? Write it here.

stories-draft = Here is your story for “{ $theme }”, just as it reached me. It goes nowhere until you choose.
stories-who-reads = Who may read it?
stories-means-named = My name: the whole group, at the session, with your name.
stories-means-unnamed = No name: the whole group, at the session. I keep nothing that leads to you, so you won’t be able to take it back.
stories-means-facilitator = Facilitators only: those who facilitate, with your name.
stories-unnamed-frankly = Even with no name, your words may tell who you are, above all if few members tell a story.
stories-message-stays = Your message also stays in our conversation. You can delete it once you have chosen.
stories-voice-known = A voice can be recognised: with no name, a voice note does not hide who speaks.
stories-picture-known = A picture or a document can give you away, by what it shows or by what it carries unseen.
stories-with-audio = With the recording you just sent me.
stories-with-video = With the video you just sent me.
stories-with-image = With the picture you just sent me.
stories-with-document = With the document you just sent me.
stories-lies-message = It stays in your message, and I copy it nowhere. If you delete that message before the session, nobody will find it.
stories-lies-laid = I put it in our private conversation, so that you find it there. I take it away once I no longer need it.
stories-lies-copy = I keep a sealed copy of it, with what I keep of the community. It goes when your story goes.
stories-own-message = If you sent me something in a message, that message is yours to delete.
stories-choice-named = My name
stories-choice-unnamed = No name
stories-choice-facilitator = Facilitators only
stories-choice-again = Start over
stories-choice-drop = Don’t keep it
stories-choice-withdraw = Take it back
stories-no-draft = That choice is made already, or another story has taken the place of that one. Nothing has changed.
stories-kept-named = Kept under your name, thank you. The group will read it at the session. To read it again or take it back before then: { $mine }
stories-kept-unnamed = Kept without your name, thank you. The group will read it at the session. Nothing I keep leads to you, so I won’t be able to take it back.
stories-kept-facilitator = Kept for the facilitators, thank you. They will read it with your name. To read it again or take it back before then: { $mine }
stories-dropped = Nothing is kept. If a moment comes to mind, I’m here.

stories-mine-named = Your story for “{ $theme }”, under your name:
stories-mine-facilitator = Your story for “{ $theme }”, for the facilitators only:
stories-withdrawn = Your story is taken back, and I keep nothing of it.
stories-none-signed = I have no story under your name for this session. One given with no name can’t be found again, even for you. Nothing has changed.
stories-none-of-yours = I have no story under your name for “{ $theme }”. One given with no name can’t be found again, even for you. To tell one: { $tell }
stories-no-session = No session is planned for now. Keep your story warm, and come back once a session is announced.

stories-count = Stories for “{ $theme }”. With a name: { $named }. For facilitators only: { $entrusted }.
stories-count-unnamed = With no name: { $count }.
stories-count-unnamed-later = Those with no name are only counted at the session’s hour.
stories-entrusted = { $name } entrusts this story to the facilitators, for “{ $theme }”. Nobody else reads it.
stories-for-one = A story belongs to one member. Give one name only. Nothing was kept.
stories-draft-for = Here is { $name }’s story for “{ $theme }”. It goes nowhere until you choose.
stories-for-ask = Does { $name } wish to be named?
stories-for-kept = Kept under { $name }’s name. I’m letting them know in private.
stories-for-kept-unnamed = Kept with no name. I keep nothing that leads to whoever lived it.
stories-for-told = { $facilitator } gave me a story under your name, for “{ $theme }”. The group will read it at the session. To read it again or take it back before then: { $mine }

stories-shared =
    { $count ->
        [one] One story to open the session
       *[other] { $count } stories to open the session
    }
stories-shared-late =
    { $count ->
        [one] One story from the session, which I bring late
       *[other] { $count } stories from the session, which I bring late
    }
stories-shared-how = Theme: “{ $theme }”. The order is drawn at random.
stories-by = { $name } tells:
stories-by-nobody = No name:
stories-lost = Some stories given with no name could not be opened. Their key is gone, most likely after a restoration. Nobody has read them, and the words are still in the private conversation of whoever wrote them.
stories-undecided = The session “{ $theme }” begins, and your story was waiting for your choice. I showed it to nobody, and I am not keeping it. If you told it in a message, it is still in our conversation.

help-stories-tell = tell a moment for a session
help-stories-mine = read your story again, or take it back
help-stories-list = see the stories received for a session
help-stories-for = hand in a member’s story for a session

label-stories-story = Your story
label-stories-recording = Your voice note
label-stories-session = Session
label-stories-member = Member
label-stories-words = Story
title-stories-written = Tell a moment
title-stories-recorded = Tell it aloud
