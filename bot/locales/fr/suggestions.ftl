suggestion-example = Par exemple : { $example }
suggestion-series = { $weeks ->
    [one] chaque semaine, { $count } fois
   *[other] toutes les { $weeks } semaines, { $count } fois
}
suggestion-once = une seule fois
