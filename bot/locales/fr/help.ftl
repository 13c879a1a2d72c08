help-intro = Voici ce que tu peux me demander.
help-facilitator = Pour les personnes qui animent :
help-dash = { " — " }
help-private = En privé, écris-moi ces mots sans rien devant.
help-help-help = tout ce que je sais faire
