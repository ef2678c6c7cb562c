// https://dmg.org/pmml/v4-4-1/Transformations.html
extension Standard {
    static let transformations = Page("Transformations", """
        TransformationDictionary > Extension DefineFunction DerivedField
        LocalTransformations > Extension DerivedField
        DerivedField name displayName optype=%optype dataType=%dataType datasetName
            trainingBackend=tensorflowChannelFirst|tensorflowChannelLast|caffeChannelFirst|caffeChannelLast
            architectureName=mobilenet|xception|resnet|inception|vgg|retinanet > Extension %expressions Value
        Constant dataType=%dataType missing
        FieldRef field mapMissingTo > Extension
        NormContinuous mapMissingTo field outliers=%outliers > Extension LinearNorm
        LinearNorm orig norm > Extension
        NormDiscrete field value mapMissingTo > Extension
        Discretize field mapMissingTo defaultValue dataType=%dataType > Extension DiscretizeBin
        DiscretizeBin binValue > Extension Interval
        MapValues mapMissingTo defaultValue outputColumn dataType=%dataType > Extension FieldColumnPair TableLocator InlineTable
        FieldColumnPair field column > Extension
        TextIndex textField localTermWeights=termFrequency|binary|logarithmic|augmentedNormalizedTermFrequency isCaseSensitive
            maxLevenshteinDistance countHits=allHits|bestHits wordSeparatorCharacterRE tokenize > Extension TextIndexNormalization %expressions
        TextIndexNormalization inField outField regexField recursive isCaseSensitive maxLevenshteinDistance wordSeparatorCharacterRE
            tokenize > Extension TableLocator InlineTable
        Aggregate field function=count|sum|average|min|max|multiset groupField sqlWhere > Extension
        Lag field n aggregate=none|avg|max|median|min|product|sum|stddev > Extension BlockIndicator
        BlockIndicator field > Extension
        """)
}
