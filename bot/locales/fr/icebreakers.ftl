rhythm-icebreakers = brise-glace
icebreakers-title = Le brise-glace de la semaine
icebreakers-invitation = Une phrase suffit, dans le fil de ce message. Lire celles des autres, c’est déjà participer.
icebreakers-asked = C’est fait : la question est dans le salon.
icebreakers-added = C’est noté. Elle passera au prochain brise-glace : « { $question } »
icebreakers-known-already = Cette question est déjà dans ta liste. Rien n’a changé.
icebreakers-next = La prochaine question sera : « { $question } »
icebreakers-skipped = Je mets de côté « { $question } ». À la place : « { $instead } »

icebreakers-taken-back = La question est retirée, et pourra revenir.
icebreakers-removed = Cette question n’est plus dans la liste : { $question }

help-icebreakers-now = poser un brise-glace maintenant
help-icebreakers-add = ajouter une question à vous
help-icebreakers-next = voir la prochaine question
help-icebreakers-skip = mettre de côté la prochaine question
ask-icebreakers-question = Quelle question veux-tu ajouter ?

label-icebreakers-question = Question
