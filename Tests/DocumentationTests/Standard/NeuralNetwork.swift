// https://dmg.org/pmml/v4-4-1/NeuralNetwork.html
extension Standard {
    static let neuralNetwork = Page("NeuralNetwork", """
        NeuralNetwork modelName functionName=%function algorithmName activationFunction=%activation normalizationMethod=%neuralNormalization
            threshold width altitude numberOfLayers isScorable > Extension MiningSchema Output ModelStats ModelExplanation Targets
            LocalTransformations NeuralInputs NeuralLayer NeuralOutputs ModelVerification
        NeuralInputs numberOfInputs > Extension NeuralInput
        NeuralLayer numberOfNeurons activationFunction=%activation threshold width altitude normalizationMethod=%neuralNormalization >
            Extension Neuron
        NeuralOutputs numberOfOutputs > Extension NeuralOutput
        NeuralInput id > Extension DerivedField
        Neuron id bias width altitude > Extension Con
        Con from weight > Extension
        NeuralOutput outputNeuron > Extension DerivedField
        """)
}
