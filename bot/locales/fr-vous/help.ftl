help-intro = Voici ce que vous pouvez me demander.
help-private = En privé, écrivez-moi ces mots sans rien devant.
