// https://dmg.org/pmml/v4-4-1/SupportVectorMachine.html
extension Standard {
    static let supportVectorMachine = Page("SupportVectorMachine", """
        SupportVectorMachineModel modelName functionName=%function algorithmName threshold svmRepresentation=SupportVectors|Coefficients
            classificationMethod=OneAgainstAll|OneAgainstOne maxWins isScorable > Extension MiningSchema Output ModelStats ModelExplanation
            Targets LocalTransformations LinearKernelType PolynomialKernelType RadialBasisKernelType SigmoidKernelType VectorDictionary
            SupportVectorMachine ModelVerification
        LinearKernelType description > Extension
        PolynomialKernelType description gamma coef0 degree > Extension
        RadialBasisKernelType description gamma > Extension
        SigmoidKernelType description gamma coef0 > Extension
        VectorDictionary numberOfVectors > Extension VectorFields VectorInstance
        VectorFields numberOfFields > Extension FieldRef CategoricalPredictor
        VectorInstance id > Extension REAL-SparseArray Array
        SupportVectorMachine targetCategory alternateTargetCategory threshold > Extension SupportVectors Coefficients
        SupportVectors numberOfSupportVectors numberOfAttributes > Extension SupportVector
        SupportVector vectorId > Extension
        Coefficients numberOfCoefficients absoluteValue > Extension Coefficient
        Coefficient value > Extension
        """)
}
