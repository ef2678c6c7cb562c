// Of the schema of PMML 4.4; no page of the standard tells of it.
extension Standard {
    static let deepNetwork = Page("DeepNetwork", """
        DeepNetwork modelName functionName=%function algorithmName normalizationMethod=%neuralNormalization numberOfLayers isScorable >
            Extension MiningSchema Output ModelStats ModelExplanation Targets LocalTransformations TrainingParameters NetworkLayer NeuralOutputs
            ModelVerification
        NetworkLayer normalizationMethod=%neuralNormalization layerType=Input| Dense| Activation| Dropout| Flatten| Reshape| Permute|
            RepeatVector| ActivityRegularization| Masking| Conv1D| Conv2D| SeparableConv2D| Conv2DTranspose| Conv3D| DepthwiseConv2D|
            Cropping1D| Cropping2D| Cropping3D| UpSampling1D| UpSampling2D| UpSampling3D| ZeroPadding1D| ZeroPadding2D| ZeroPadding3D|
            MaxPooling1D| MaxPooling2D| MaxPooling3D| AveragePooling1D| AveragePooling2D| AveragePooling3D| GlobalMaxPooling1D|
            GlobalMaxPooling2D| GlobalAveragePooling1D| GlobalAveragePooling2D| SpatialPyramidPooling| LocallyConnected1D| LocallyConnected2D|
            Embedding| MergeLayer| Slicing| BatchNormalization| LocalResponseNormalization| UpsampleLike| Anchors| RegressBoxes| ClipBoxes|
            FilterDetections| GaussianNoise| GaussianDropout| AlphaDropout layerId connectionLayerId inputFieldName > Extension LayerParameters
            LayerWeights LayerBias
        TrainingParameters architectureName dataset framework > Extension Losses Metrics Optimizers
        Metrics top_k_categories_for_accuracy metric=binary_accuracy| categorical_accuracy| sparse_categorical_accuracy|
            top_k_categorical_accuracy| sparse_top_k_categorical_accuracy > Extension
        Optimizers clipnorm clipvalue > Extension SGD RMSprop Adagrad Adadelta Adam Adamax Nadam
        Losses loss=mean_squared_error| mean_absolute_error| mean_absolute_percentage_error| mean_squared_logarithmic_error|
            multinomialLogistic| softmax| squared_hinge| hinge| categorical_hinge| logcosh| categorical_crossentropy|
            sparse_categorical_crossentropy| binary_crossentropy| kullback_leibler_divergence| poisson| cosine_proximity > Extension
        SGD learningRate momentum decayRate nesterov > Extension
        RMSprop learningRate rho decayRate epsilon > Extension
        Adagrad learningRate decayRate epsilon > Extension
        Adadelta learningRate rho decayRate epsilon > Extension
        Adam learningRate beta_1 beta_2 decayRate epsilon > Extension
        Adamax learningRate beta_1 beta_2 decayRate epsilon > Extension
        Nadam learningRate beta_1 beta_2 schedule_decay epsilon > Extension
        LayerWeights weightsShape weightsFlattenAxis > Extension
        LayerBias biasShape biasFlattenAxis > Extension
        LayerParameters activationFunction=elu| selu| softplus| softsign| rectifier| hinge| tanch| sigmoid| hardSigmoid| linear| softmax|
            leakyReLU| prReLU| thresholdReLU| reLU6 inputDimension outputDimension featureMaps kernel pad stride dilationRate poolSize
            depthMultiplier paddingDims croppingDims upsamplingSize batchNormalizationEpsilon flattenAxis batchNormalizationAxis
            batchNormalizationMomentum batchNormalizationCenter batchNormalizationScale gaussianNoiseStdev gaussianDropoutRate alphaDropoutRate
            alphaDropoutSeed betaInitializer gammaInitializer movingMeanInitializer movingVarianceInitializer betaRegularizer gammaRegularizer
            betaConstraint gammaConstraint kernelInitializer biasInitializer kernelRegularizer biasRegularizer kernelConstraint biasConstraint
            depthwiseConstraint pointwiseConstraint batchSize dropoutRate dropoutNoiseShape dropoutSeed generalLUAlpha reshapeTarget permuteDims
            repeatVectorTimes activityRegularizerL1 activityRegularizerL2 maskValue mergeLayerOp=add| subtract| multiply| average| abs| acos|
            asin| asinch| atan| atanch| ceil| cos| cosh| concatenate| cumproduct| cumsum| divide| erf| erfc| exp| floor| log| log1p| reciprocal|
            rsqrt| sigmoid| sin| sinh| sqrt| square| tan| tanch| truediv| truncatediv| stack| minimum| maximum| dot mergeLayerDotOperationAxis
            mergeLayerDotNormalize mergeLayerConcatOperationAxes slicingAxis anchorSize anchorStride anchorScales anchorRatios regressBoxesMean
            regressBoxesStd scoreThreshold nms nmsThreshold classSpecificFilter > Extension
        """)
}
