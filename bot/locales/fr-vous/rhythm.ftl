rhythm-paused = C’est en pause : { $what }. Rien ne partira jusqu’à ce que vous écriviez { $resume }
rhythm-still-paused = C’est noté. Tout le reste est encore en pause : écrivez la commande seule pour tout reprendre.
ask-rhythm-scope = Mettre quoi en pause ? Écrivez « tout », ou le nom d’un rythme.
