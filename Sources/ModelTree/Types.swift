// https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdType_DATATYPE and #xsdType_OPTYPE

/// The data types of PMML 4.4.1.
public enum DataType: String, Sendable, CaseIterable {
    case string, integer, float, double, boolean, date, time, dateTime
    case dateDaysSince0 = "dateDaysSince[0]"
    case dateDaysSince1960 = "dateDaysSince[1960]"
    case dateDaysSince1970 = "dateDaysSince[1970]"
    case dateDaysSince1980 = "dateDaysSince[1980]"
    case dateDaysSince1990 = "dateDaysSince[1990]"
    case dateDaysSince2000 = "dateDaysSince[2000]"
    case dateDaysSince2010 = "dateDaysSince[2010]"
    case dateDaysSince2020 = "dateDaysSince[2020]"
    case timeSeconds
    case dateTimeSecondsSince0 = "dateTimeSecondsSince[0]"
    case dateTimeSecondsSince1960 = "dateTimeSecondsSince[1960]"
    case dateTimeSecondsSince1970 = "dateTimeSecondsSince[1970]"
    case dateTimeSecondsSince1980 = "dateTimeSecondsSince[1980]"
    case dateTimeSecondsSince1990 = "dateTimeSecondsSince[1990]"
    case dateTimeSecondsSince2000 = "dateTimeSecondsSince[2000]"
    case dateTimeSecondsSince2010 = "dateTimeSecondsSince[2010]"
    case dateTimeSecondsSince2020 = "dateTimeSecondsSince[2020]"
}

/// The operational types of PMML: what may be done with a field's values.
public enum OpType: String, Sendable, CaseIterable {
    case categorical, ordinal, continuous
}

/// What a model is for. https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdType_MINING-FUNCTION
public enum MiningFunction: String, Sendable, CaseIterable {
    case associationRules, sequences, classification, regression, clustering, timeSeries, mixed
}

/// Which ends of an interval belong to it. https://dmg.org/pmml/v4-4-1/DataDictionary.html#xsdElement_Interval
public struct Interval: Sendable, Hashable {
    public enum Closure: String, Sendable, CaseIterable {
        case openClosed, openOpen, closedOpen, closedClosed
        public var includesLeft: Bool { self == .closedOpen || self == .closedClosed }
        public var includesRight: Bool { self == .openClosed || self == .closedClosed }
    }
    public var closure: Closure
    /// Lower end; nil is minus infinity.
    public var leftMargin: Double?
    /// Upper end; nil is infinity.
    public var rightMargin: Double?

    public init(closure: Closure, leftMargin: Double?, rightMargin: Double?) {
        self.closure = closure
        self.leftMargin = leftMargin
        self.rightMargin = rightMargin
    }
}

/// A matrix of numbers in row order, as one block. https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdElement_Matrix
public struct Matrix: Sendable {
    public var rows: Int
    public var columns: Int
    /// `rows × columns` numbers, row after row.
    public var values: [Double]

    public init(rows: Int, columns: Int, values: [Double]) {
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// The number at a place counted from 0; nil outside the matrix.
    public subscript(row: Int, column: Int) -> Double? {
        guard row >= 0, row < rows, column >= 0, column < columns else { return nil }
        let at = row * columns + column
        return at < values.count ? values[at] : nil
    }
}

/// A table written inside the document. https://dmg.org/pmml/v4-4-1/Taxonomy.html#xsdElement_InlineTable
public struct InlineTable: Sendable {
    /// Local names of the cells' elements, in the order of their first appearance.
    public var columns: [String]
    /// A row has one cell per column; nil where the row lacks that cell.
    public var rows: [[String?]]
    public var location: SourceLocation

    public init(columns: [String], rows: [[String?]], location: SourceLocation) {
        self.columns = columns
        self.rows = rows
        self.location = location
    }
}
