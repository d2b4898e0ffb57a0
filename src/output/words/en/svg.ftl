svg-width = width: once, twice, four times, eight times and more
svg-size = size: without --size, larger are those likely to recruit again and those with many ties
svg-large = larger: high by the measure, or likely to recruit again, or many ties
svg-arrows = An arrow runs from who acted to whom it befell.
svg-undated = no date
svg-time = From left to right: the first day of a node's ties, as early as it can have been. Those without a dated tie have a lane of their own.
svg-unlabelled = { $signs ->
    [one] 1 sign has
   *[other] { $signs } signs have
} no room for a label at this size; larger paper or fewer people show more.
svg-small = Signs are drawn at { $percent } of their size.
