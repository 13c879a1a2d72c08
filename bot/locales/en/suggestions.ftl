suggestion-example = For example: { $example }
suggestion-series = { $weeks ->
    [one] every week, { $count } times
   *[other] every { $weeks } weeks, { $count } times
}
suggestion-once = just once
