# Ce que lit de sa base de données, dans le terminal, la personne qui fait tourner Veillée : une ligne chaque fois.

config-database-file = { $file } : sous [database], file n’est pas le nom d’un fichier. Écris-en un, comme veillee.db.
config-database-url = { $file } : sous [database], url n’est pas l’adresse d’une base PostgreSQL. Écris-la ainsi : postgresql://compte:motdepasse@machine/base. Dans le mot de passe, % s’écrit %25, @ %40, le deux-points %3A et la barre %2F.
config-database-settings = { $file } : sous [database], ce qui suit le point d’interrogation dans url ne se comprend pas en entier. Écris-y des réglages de PostgreSQL, comme sslmode=require, avec & entre deux.
config-database-both = { $file } : la base de données est donnée deux fois, par file et par url. Garde une seule des deux lignes sous [database].
config-database-folder-alone = { $file } : sous [database], folder ne va qu’avec url. Avec un fichier, tout se range à côté de lui. Enlève folder.

database-unreachable = Aucun PostgreSQL ne répond à { $where }. Vérifie qu’il est en marche, et compare l’adresse avec url sous [database]. Rien n’est perdu.
database-settings = Un réglage donné à la fin de url, sous [database], ne va pas pour { $where } : { $why }. Corrige-le, ou enlève-le.
database-missing = Le serveur répond, mais la base { $where } n’y est pas. Crée-la là-bas, ou corrige la fin de url sous [database].
database-refused = { $where } ne laisse pas entrer Veillée : { $why }. Compare le compte et le mot de passe avec url sous [database].
database-closed = { $where } existe, et ne laisse pas entrer le compte dont Veillée se sert : { $why }. Donne-lui le droit de s’y connecter, ou regarde qui tient les autres connexions. Rien n’a été changé.
database-no-right = Dans { $where }, le compte de Veillée n’a pas le droit de créer des tables. Fais-en le propriétaire de la base, puis relance.
database-too-old = { $where } tourne sur PostgreSQL { $version }. Il faut à Veillée la version { $oldest } ou une plus récente. Rien n’a été changé.
database-not-utf8 = { $where } garde les textes en { $encoding }. Crée une base en UTF8, et donne celle-là. Rien n’a été changé.
database-reads-only = { $where } se laisse seulement lire : c’est peut-être la copie d’un autre serveur. Donne l’adresse de celui où l’on peut écrire.
database-server-full = Le disque du serveur de { $where } est plein. Libère de la place là-bas, puis relance : rien n’est perdu.
database-busy = Depuis une minute, un autre programme travaille aux tables de { $where }. Recommence quand il aura fini. Rien n’a été changé.
database-kept-before = Cette version change les tables. La base de données, telle qu’elle était avant, est gardée dans { $file }.
migrate-done = Les tables de { $file } sont à jour.

copy-which = Quelle base de données, et vers où ? Donne --to, --from, ou les deux : une configuration, un fichier ou une adresse PostgreSQL.
copy-same = C’est deux fois la même base de données. Donne une autre base avec --to.
copy-address = Ce n’est pas l’adresse d’une base PostgreSQL. Écris-la ainsi : postgresql://compte@machine/base, avec le mot de passe dans PGPASSWORD, ou donne une configuration.
copy-file = Ce n’est pas un fichier. Donne le nom d’un fichier, comme veillee.db, avec son dossier s’il est ailleurs.
copy-nothing = Il n’y a pas de base de données dans { $file }. Rien n’a été changé.
copy-behind = { $file } est encore telle qu’une version plus ancienne l’a faite. Rien n’a été changé. Mets-la d’abord à jour, avec la configuration qui la nomme : veillee migrate
copy-not-empty = { $file } n’est pas vide, et je n’y touche pas. Donne une base toute neuve.
copy-differs = Ce qui est arrivé dans { $target } n’est pas ce qu’il y a dans { $file } : la table { $table } diffère. Rien n’y a été gardé. Recommence.
copy-not-whole = Des lignes renvoient à d’autres qui n’y sont pas. Rien n’a été changé. Prends la dernière copie de cette base.
copy-done = { $rows ->
    [one] { $rows } ligne de { $tables } table est passée de { $source } à { $target }, et elle a été comparée.
   *[other] { $rows } lignes de { $tables ->
        [one] { $tables } table
       *[other] { $tables } tables
    } sont passées de { $source } à { $target }, et chacune a été comparée.
} La base de départ est restée telle quelle.
copy-change = Change [database], puis relance Veillée.
copy-folder = Déplace { $source } vers { $target } avant de relancer : cela ne va pas dans une base de données.
backup-behind = { $file } est encore telle qu’une version plus ancienne l’a faite. Démarre Veillée une fois, puis fais la copie.
