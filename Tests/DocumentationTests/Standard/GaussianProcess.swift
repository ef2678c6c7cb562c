// https://dmg.org/pmml/v4-4-1/GaussianProcess.html
extension Standard {
    static let gaussianProcess = Page("GaussianProcess", """
        GaussianProcessModel modelName functionName=%function algorithmName optimizer isScorable > Extension MiningSchema Output ModelStats
            ModelExplanation Targets LocalTransformations RadialBasisKernel ARDSquaredExponentialKernel AbsoluteExponentialKernel
            GeneralizedExponentialKernel TrainingInstances ModelVerification
        RadialBasisKernel description gamma noiseVariance lambda > Extension
        ARDSquaredExponentialKernel description gamma noiseVariance > Extension Lambda
        AbsoluteExponentialKernel description gamma noiseVariance > Extension Lambda
        GeneralizedExponentialKernel description gamma noiseVariance degree > Extension Lambda
        Lambda > Extension Array
        """)
}
