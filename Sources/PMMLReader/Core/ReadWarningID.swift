/// The ids of the reader's remarks that do not stop a document from being used.
enum ReadWarningID: String, CaseIterable {
    case unknownAttribute = "unknown-attribute"
    case foreignElement = "foreign-element"
    case unknownNamespace = "unknown-namespace"
    case versionMismatch = "version-mismatch"
    case missingVersion = "missing-version"
    case missingActivationFunction = "missing-activation-function"
    case missingDataType = "missing-data-type"
    case missingIntercept = "missing-intercept"
    case arrayCount = "array-count"
    case duplicateField = "duplicate-field"
    case fieldCount = "field-count"
    case entityReference = "xml-entity-reference"
    case missingHeader = "missing-header"
    case missingNamespace = "missing-namespace"
    case missingRecordCount = "missing-record-count"
    case predicateCount = "predicate-count"
    case spelling
    case vendorMarkup = "vendor-markup"
}
