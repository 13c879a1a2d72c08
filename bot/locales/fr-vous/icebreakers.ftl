icebreakers-known-already = Cette question est déjà dans votre liste. Rien n’a changé.
ask-icebreakers-question = Quelle question voulez-vous ajouter ?
