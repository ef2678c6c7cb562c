// https://dmg.org/pmml/v4-4-1/GeneralStructure.html#xsdElement_Matrix
import ModelTree

/// `Matrix`: rows as arrays, or single cells over defaults for the diagonal and the rest.
///
/// A diagonal matrix is one array, a symmetric one rows of 1, 2, 3 … numbers. Whole rows are taken for either kind.
final class MatrixReader: ElementReader {
    private enum Kind: String, CaseIterable { case diagonal, symmetric, any }
    private struct Cell {
        var row: Int
        var column: Int
        var value: Double
    }

    private let kind: Kind
    private let rowCount: Int?
    private let columnCount: Int?
    private let diagonal: Double
    private let offDiagonal: Double
    private var arrays: [[Double]] = []
    private var cells: [Cell] = []
    private let receive: (Matrix) throws -> Void

    init(_ document: DocumentReader, _ attributes: Attributes, _ receive: @escaping (Matrix) throws -> Void) throws {
        self.receive = receive
        kind = try attributes.choice(.kind) ?? .any
        rowCount = try attributes.integer(.nbRows, atLeast: 0)
        columnCount = try attributes.integer(.nbCols, atLeast: 0)
        diagonal = try attributes.number(.diagDefault) ?? 0
        offDiagonal = try attributes.number(.offDiagDefault) ?? 0
        super.init(document)
    }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        switch element {
        case .array: return .reader(try NumberArrayReader(document, attributes) { [unowned self] in arrays.append($0) })
        case .matCell:
            let row = try cellPlace(attributes, .row)
            let column = try cellPlace(attributes, .col)
            return .reader(NumberListReader(document) { [unowned self] numbers in
                guard let value = numbers.first, numbers.count == 1 else { throw problem(.badArray("has a MatCell without one number", of: "Matrix")) }
                cells.append(Cell(row: row, column: column, value: value))
            })
        default: return nil
        }
    }

    private func cellPlace(_ attributes: Attributes, _ attribute: Attribute) throws -> Int {
        guard let place = try attributes.integer(attribute, atLeast: 1) else { throw attributes.missingAttribute(attribute) }
        return place - 1
    }

    override func end() throws {
        let isDiagonalArray = kind == .diagonal && arrays.count == 1
        let longest = arrays.lazy.map(\.count).max() ?? 0
        var rows = rowCount ?? max(isDiagonalArray ? longest : arrays.count, (cells.lazy.map(\.row).max() ?? -1) + 1)
        var columns = columnCount ?? max(longest, (cells.lazy.map(\.column).max() ?? -1) + 1)
        if kind != .any {
            rows = max(rows, columns)
            columns = rows
        }
        let (size, overflow) = rows.multipliedReportingOverflow(by: columns)
        let written = arrays.reduce(cells.count) { $0 + $1.count }
        try document.allow(impliedCells: overflow ? .max : size - min(size, written), at: place)

        var values = [Double](repeating: offDiagonal, count: size)
        for place in 0..<min(rows, columns) { values[place * columns + place] = diagonal }
        func set(_ row: Int, _ column: Int, _ value: Double) throws {
            guard row < rows, column < columns else { throw problem(.badArray("has numbers outside its \(rows) rows and \(columns) columns", of: "Matrix")) }
            values[row * columns + column] = value
        }
        if isDiagonalArray {
            for (place, value) in arrays[0].enumerated() { try set(place, place, value) }
        } else {
            for (row, array) in arrays.enumerated() {
                // What a short row lacks is not known; rows of 1, 2, 3 … are those of a symmetric matrix that does not say so.
                if kind == .any, array.count != columns { throw problem(.badArray("has a row of \(array.count) numbers in a matrix of \(columns) columns", of: "Matrix")) }
                for (column, value) in array.enumerated() {
                    try set(row, column, value)
                    if kind == .symmetric, column < row { try set(column, row, value) }
                }
            }
        }
        var known: [Int: Double] = [:]
        for cell in cells {
            // Of two numbers for one cell none is more right than the other.
            let (row, column) = kind == .symmetric ? (max(cell.row, cell.column), min(cell.row, cell.column)) : (cell.row, cell.column)
            try set(row, column, cell.value)
            if kind == .symmetric { try set(column, row, cell.value) }
            if let other = known.updateValue(cell.value, forKey: row * columns + column), other != cell.value {
                throw problem(.badArray("has two numbers for the cell in row \(cell.row + 1) and column \(cell.column + 1)", of: "Matrix"))
            }
        }
        try receive(Matrix(rows: rows, columns: columns, values: values))
    }
}
