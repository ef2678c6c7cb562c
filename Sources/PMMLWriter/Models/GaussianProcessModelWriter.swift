// https://dmg.org/pmml/v4-4-1/GaussianProcess.html
import ModelTree

extension DocumentWriter {
    func write(_ process: GaussianProcessModel) {
        switch process.kernel {
        case .radialBasis: out.element("RadialBasisKernel") { writeKernel(process) }
        case .ardSquaredExponential: out.element("ARDSquaredExponentialKernel") { writeKernel(process) }
        case .absoluteExponential: out.element("AbsoluteExponentialKernel") { writeKernel(process) }
        case .generalizedExponential: out.element("GeneralizedExponentialKernel") { writeKernel(process) }
        }
        write(process.training)
    }

    private func writeKernel(_ process: GaussianProcessModel) {
        if process.gamma != 1 { out.attribute("gamma", number: process.gamma) }
        if process.noiseVariance != 1 { out.attribute("noiseVariance", number: process.noiseVariance) }
        if process.kernel == .generalizedExponential, process.degree != 1 { out.attribute("degree", number: process.degree) }
        if process.kernel == .radialBasis {
            if process.lambda.first != 1 { out.attribute("lambda", number: process.lambda.first) }
        } else {
            out.element("Lambda") { write(numbers: process.lambda) }
        }
    }
}
