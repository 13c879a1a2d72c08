rhythm-stories = récits
due-stories-prompt = invitation à raconter
due-stories-share = partage des récits dans le fil de la rencontre
due-stories-tidy = effacement de ce qui est resté scellé
due-stories-release = effacement des adresses, une fois les récits partagés

stories-prompt = On se retrouve { $when }, autour de « { $theme } ». Un moment te revient ? Trois phrases suffisent, et tu choisis qui les lit.
stories-prompt-again = « { $theme } », c’est { $when }. Si un moment te revient, trois phrases suffisent.
stories-prompt-short = « { $theme } », { $when } : un moment te revient ?
stories-choice-tell = Raconter un moment
stories-questions = Pour t’aider, si tu veux :
stories-may-pass = Tu peux passer ton tour : dis-le d’un clic, et je n’en reparle plus pour cette rencontre.
stories-choice-write = Écrire
stories-choice-record = Note vocale
stories-choice-pass = Pas cette fois
stories-passed = C’est noté, et c’est très bien ainsi. Je n’en reparle plus pour cette rencontre.
stories-kept-already = Ton récit pour cette rencontre est déjà gardé. Pour le relire ou le retirer : { $mine }
stories-cancelled = Cette rencontre n’aura pas lieu, alors je n’y recueille plus de récits.
stories-begun = La rencontre « { $theme } » a déjà commencé. Un moment peut encore se raconter sur place, ou dans le fil de la rencontre.
stories-still-there = Ce que tu as écrit est encore dans notre conversation.

ask-stories-story = Raconte ici, en un seul message, aussi court ou aussi long que tu veux. Une note vocale convient aussi. Je te le montre d’abord, et tu choisis ensuite qui le lit.
ask-stories-recording = Envoie ta note vocale ici. Une image ou un PDF convient aussi, ou quelques mots. Tu choisis ensuite qui l’entend.
sheet-stories-story = Aussi court ou aussi long que tu veux. Je te le montre d’abord, et tu choisis ensuite qui le lit.
sheet-stories-recording = Une image ou un PDF convient aussi, ou quelques mots. Tu choisis ensuite qui l’entend.
ask-stories-session = Pour quelle rencontre ? Son numéro suffit, ou un mot de son thème.
ask-stories-member = De quel membre est ce récit ?
ask-stories-words = Quel est son récit ? Écris-le ici, ou envoie une note vocale.
ask-stories-story-in-words = Raconte ici, en un seul message, aussi court ou aussi long que tu veux. Je te le montre d’abord, et tu choisis ensuite qui le lit.
ask-stories-words-in-words = Quel est son récit ? Écris-le ici.

stories-draft = Voici ton récit pour « { $theme } », tel que je l’ai reçu. Il ne va nulle part tant que tu n’as pas choisi.
stories-who-reads = Qui peut le lire ?
stories-means-named = À mon nom : tout le groupe, à la rencontre, avec ton nom.
stories-means-unnamed = Sans nom : tout le groupe, à la rencontre. Je ne garde rien qui mène à toi, alors tu ne pourras plus le retirer.
stories-means-facilitator = Lu par l’animation : seulement les personnes qui animent, avec ton nom.
stories-unnamed-frankly = Même sans nom, tes mots peuvent te faire reconnaître, surtout si peu de membres racontent.
stories-message-stays = Ton message reste aussi dans notre conversation. Tu peux l’effacer une fois ton choix fait.
stories-voice-known = Une voix se reconnaît : sans nom, une note vocale ne cache pas qui parle.
stories-picture-known = Une image ou un document peut te faire reconnaître, par ce qui s’y voit ou par ce qui s’y cache.
stories-with-audio = Avec l’enregistrement que tu viens de m’envoyer.
stories-with-video = Avec la vidéo que tu viens de m’envoyer.
stories-with-image = Avec l’image que tu viens de m’envoyer.
stories-with-document = Avec le document que tu viens de m’envoyer.
stories-lies-message = Ça reste dans ton message, et je ne le copie nulle part. Si tu effaces ce message avant la rencontre, personne ne le trouvera.
stories-lies-laid = Je l’ai mis dans notre conversation privée, pour que tu l’y retrouves. Je l’en retire dès que je n’en ai plus besoin.
stories-lies-copy = J’en garde une copie scellée, avec ce que je garde de la communauté. Elle part avec ton récit.
stories-own-message = Si tu m’as envoyé quelque chose dans un message, c’est à toi de l’effacer là-bas.
stories-choice-named = À mon nom
stories-choice-unnamed = Sans nom
stories-choice-facilitator = Lu par l’animation
stories-choice-again = Recommencer
stories-choice-drop = Ne pas garder
stories-choice-withdraw = Retirer
stories-no-draft = Ce choix est déjà fait, ou un autre récit a pris la place de celui-là. Rien n’a changé.
stories-kept-named = C’est gardé à ton nom, merci. Le groupe le lira à la rencontre. Pour le relire ou le retirer d’ici là : { $mine }
stories-kept-unnamed = C’est gardé sans ton nom, merci. Le groupe le lira à la rencontre. Rien de ce que je garde ne mène à toi, alors je ne pourrai pas le retirer.
stories-kept-facilitator = C’est gardé pour les personnes qui animent, merci. Elles le liront avec ton nom. Pour le relire ou le retirer d’ici là : { $mine }
stories-dropped = Rien n’est gardé. Si un moment te revient, je suis là.

stories-mine-named = Ton récit pour « { $theme } », à ton nom :
stories-mine-facilitator = Ton récit pour « { $theme } », pour les personnes qui animent seulement :
stories-withdrawn = Ton récit est retiré, et je n’en garde rien.
stories-none-signed = Je n’ai pas de récit à ton nom pour cette rencontre. Un récit donné sans nom ne se retrouve pas, même pour toi. Rien n’a changé.
stories-none-of-yours = Je n’ai pas de récit à ton nom pour « { $theme } ». Un récit donné sans nom ne se retrouve pas, même pour toi. Pour en raconter un : { $tell }
stories-no-session = Aucune rencontre n’est prévue pour l’instant. Garde ton récit au chaud, et reviens quand une rencontre sera annoncée.

stories-count = Récits pour « { $theme } ». Avec un nom : { $named }. Pour l’animation seulement : { $entrusted }.
stories-count-unnamed = Sans nom : { $count }.
stories-count-unnamed-later = Ceux sans nom ne se comptent qu’à l’heure de la rencontre.
stories-entrusted = { $name } confie ce récit aux personnes qui animent, pour « { $theme } ». Il n’est lu par personne d’autre.
stories-for-one = Un récit est celui d’un seul membre. Donne un seul nom. Rien n’a été gardé.
stories-draft-for = Voici le récit de { $name } pour « { $theme } ». Il ne va nulle part tant que tu n’as pas choisi.
stories-for-ask = { $name } souhaite y voir son nom ?
stories-for-kept = C’est gardé au nom de { $name }, qui le saura par un message privé.
stories-for-kept-unnamed = C’est gardé sans nom. Je ne garde rien qui mène à la personne qui l’a vécu.
stories-for-told = { $facilitator } a déposé un récit à ton nom, pour « { $theme } ». Le groupe le lira à la rencontre. Pour le relire ou le retirer d’ici là : { $mine }

stories-shared =
    { $count ->
        [one] Un récit pour ouvrir la rencontre
       *[other] { $count } récits pour ouvrir la rencontre
    }
stories-shared-late =
    { $count ->
        [one] Un récit de la rencontre, que j’apporte en retard
       *[other] { $count } récits de la rencontre, que j’apporte en retard
    }
stories-shared-how = Thème : « { $theme } ». L’ordre est tiré au sort.
stories-by = { $name } raconte :
stories-by-nobody = Sans nom :
stories-lost = Des récits confiés sans nom n’ont pas pu être ouverts. Leur clé n’est plus là, sans doute après une restauration. Personne ne les a lus, et les mots sont encore dans la conversation privée de qui les a écrits.
stories-undecided = La rencontre « { $theme } » commence, et ton récit attendait ton choix. Je ne l’ai montré à personne, et je ne le garde pas. Si tu l’as raconté par un message, il est encore dans notre conversation.

help-stories-tell = raconter un moment pour une rencontre
help-stories-mine = relire ou retirer son récit
help-stories-list = voir les récits reçus pour une rencontre
help-stories-for = déposer le récit d’un membre pour une rencontre

label-stories-story = Ton récit
label-stories-recording = Ta note vocale
label-stories-session = Rencontre
label-stories-member = Membre
label-stories-words = Récit
title-stories-written = Raconter un moment
title-stories-recorded = Raconter de vive voix
