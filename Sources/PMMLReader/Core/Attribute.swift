/// The attributes of PMML that the reader knows by name. The raw value is the attribute's name.
enum Attribute: String, CaseIterable {
    case unknown = ""

    case aggregate, algorithm, algorithmName
    case binValue, booleanOperator, businessProblem
    case castInteger, closure, coefficient, col, column, confidence, copyright, countHits
    case dataType, defaultChild, defaultValue, description, diagDefault, displayName, displayValue
    case exponent
    case feature, field, fieldCount, function, functionName
    case groupField
    case highValue
    case id, importance, inField, intercept, invalidValueReplacement, invalidValueTreatment, isCaseSensitive, isCyclic
    case isFinalResult, isMultiValued, isScorable
    case kind
    case leftMargin, localTermWeights, lowValue
    case mapMissingTo, max, maxLevenshteinDistance, method, min, missing, missingPredictionTreatment, missingThreshold
    case missingValuePenalty, missingValueReplacement, missingValueStrategy, missingValueTreatment, modelName, modelType
    case modelVersion, multipleModelMethod
    case n, name, nbCols, nbRows, noTrueChildStrategy, norm, normalizationMethod, numberOfFields
    case offDiagDefault, `operator`, optype, orig, outField, outliers, outputColumn
    case precision, priorProbability, probability, property
    case rank, rankBasis, rankOrder, recordCount, recursive, regexField, rescaleConstant, rescaleFactor, rightMargin, row, ruleFeature
    case score, segmentId, splitCharacteristic, sqlWhere
    case targetCategory, targetField, targetFieldName, taxonomy, textField, tokenize, type
    case usageType
    case value, version
    case weight, wordSeparatorCharacterRE
    case zeroThreshold

    // Of older versions
    case cubicSmoothedValue, quadraticSmoothedValue

    // Of binary fields and of deep networks
    case architectureName, datasetName, mimeType, numTopCategories, trainingBackend

    // Association rules, anomaly detection
    case affinity, algorithmType, antecedent, avgNumberOfItemsPerTA, category, consequent, itemRef, leverage, lift, lengthLimit
    case mappedValue, maxNumberOfItemsPerTA, minimumConfidence, minimumSupport, numberOfItems, numberOfItemsets, numberOfRules
    case numberOfTransactions, sampleDataSize, support
    // Neural networks
    case activationFunction, altitude, bias, from, numberOfInputs, numberOfLayers, numberOfNeurons, numberOfOutputs, outputNeuron, threshold, width

    // Support vector machines, Gaussian processes
    case absoluteValue, alternateBinaryTargetCategory, alternateTargetCategory, classificationMethod, coef0, degree, gamma, lambda
    case maxWins, noiseVariance, numberOfAttributes, numberOfCoefficients, numberOfSupportVectors, numberOfVectors, optimizer
    case svmRepresentation, vectorId
    // Of comparison measures, clusters and neighbors
    case pParameter = "p-parameter"
    case c00Parameter = "c00-parameter"
    case c01Parameter = "c01-parameter"
    case c10Parameter = "c10-parameter"
    case c11Parameter = "c11-parameter"
    case d00Parameter = "d00-parameter"
    case d01Parameter = "d01-parameter"
    case d10Parameter = "d10-parameter"
    case d11Parameter = "d11-parameter"
    case categoricalScoringMethod, compareFunction, continuousScoringMethod, coord1, coord2, coord3, fieldWeight
    case instanceIdVariable, isCenterField, isTransformed, maximum, minimum, modelClass, numberOfClusters
    case numberOfNeighbors, similarityScale, size

    // Baselines, text models
    case count, documentNormalization, file, globalTermWeights, length, lower, mean, normalizationScheme, numberOfDocuments, numberOfTerms
    case resetValue, sample, similarityType, testStatistic, upper, variance, weightField, windowSize
    // Scorecards, rule sets, Bayes
    case baselineMethod, baselineScore, criterion, defaultConfidence, defaultScore, extender, fieldName
    case inferenceMethod, initialScore, nbCorrect, parent, partialScore, reasonCode, reasonCodeAlgorithm
    case useReasonCodes

    // Sequences
    case avgNumberOfItemsPerTransaction, avgNumberOfTAsPerTAGroup, delimiter, gap, maxNumberOfItemsPerTransaction
    case maxNumberOfTAsPerTAGroup, maximumAntConsSeparationTime, maximumItemsetSeparationTime, maximumNumberOfAntecedentItems
    case maximumNumberOfConsequentItems, maximumNumberOfItems, maximumTime, maximumTotalSequenceTime, minimumAntConsSeparationTime
    case minimumItemsetSeparationTime, minimumLift, minimumNumberOfAntecedentItems, minimumNumberOfConsequentItems
    case minimumNumberOfItems, minimumTime, minimumTotalSequenceTime, numberOfSequences, numberOfSets, numberOfTransactionGroups
    case occurrence, seqId, setId, standardDeviation, timeWindowWidth

    // Time series
    case alpha, bestFit, constant, constantTerm, d, dampingCoefficient, delay, delta, difference, endTime, futureValuesMethod, gp, gq, index, interpolationMethod
    case magnitude, maximumOrder, p, period, phase, phi, predictionMethod, q, smoothedValue, standardError, startTime, transformation, trend
    case unit, usage
    case capitalD = "D"
    case capitalP = "P"
    case capitalQ = "Q"
    case rmse = "RMSE"

    // General regression
    case baselineStrataVariable, beta, contrastMatrixType, cumHazard, cumulativeLink, df, distParameter, distribution, endTimeVariable
    case label, linkFunction, linkParameter, maxTime, modelDF, offsetValue, offsetVariable, pCol, pRow
    case parameterName, predictorName, referencePoint, startTimeVariable, statusVariable, subjectIDVariable, tCol, tRow, targetReferenceCategory
    case targetVariableName, time, trialsValue, trialsVariable

    // Vendor markup with a meaning
    case xLeakage = "x-leakage"
    case xMathContext = "x-mathContext"
    case xMissingPredictionTreatment = "x-missingPredictionTreatment"
    case xMissingThreshold = "x-missingThreshold"
    case xReportField = "x-reportField"
    case xWordRE = "x-wordRE"

    var isVendorMarkup: Bool {
        switch self {
        case .xLeakage, .xMathContext, .xMissingPredictionTreatment, .xMissingThreshold, .xReportField, .xWordRE: true
        default: false
        }
    }
}
