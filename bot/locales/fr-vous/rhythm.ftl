rhythm-paused = C’est en pause : { $what }. Rien ne partira jusqu’à ce que vous écriviez { $resume }
rhythm-still-paused = C’est noté. Tout le reste est encore en pause : écrivez la commande seule pour tout reprendre.
ask-rhythm-scope = Mettre quoi en pause ? Écrivez « tout », ou le nom d’un rythme.
rhythm-moved-to-holiday = Ce jour-là est un jour de congé. Il partira quand même, puisque vous avez choisi l’heure.
rhythm-holiday-backwards = Le congé finirait ({ $last }) avant de commencer ({ $first }). Rien n’a changé. Écrivez d’abord le premier jour, puis le dernier.
undo-nothing = Il n’y a rien à annuler : je ne garde que la dernière chose que vous avez faite, pendant un jour.
undo-not = La dernière chose que vous avez faite ne s’annule pas toute seule. Rien n’a changé. Pour voir ce que vous pouvez faire : { $help }
help-rhythm-undo = annuler la dernière chose que vous avez faite comme personne qui anime
