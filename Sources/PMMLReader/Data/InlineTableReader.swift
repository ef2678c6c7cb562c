// https://dmg.org/pmml/v4-4-1/Taxonomy.html#xsdElement_InlineTable
import ModelTree
import XMLStream

/// `InlineTable`: rows whose cells are elements named after their columns, in whatever namespace.
final class InlineTableReader: ElementReader {
    private var table: InlineTable
    private var columnOfName: [String: Int] = [:]
    private var cells: [String?] = []
    private var isInRow = false
    private var column = 0
    private var buffer: [UInt8] = []
    /// Cells of the rows so far.
    private var total = 0
    private let receive: (InlineTable) -> Void

    init(_ document: DocumentReader, _ receive: @escaping (InlineTable) -> Void) {
        self.receive = receive
        table = InlineTable(columns: [], rows: [], location: .none)
        super.init(document)
        table.location = place
    }

    override var takesForeignElements: Bool { isInRow }

    override func child(_ element: Element, _ attributes: Attributes) throws -> Reading? {
        if wantsText { return nil }
        if isInRow {
            let name = document.currentElementName
            if let known = columnOfName[name] {
                column = known
            } else {
                column = table.columns.count
                columnOfName[name] = column
                table.columns.append(name)
            }
            wantsText = true
            buffer.removeAll(keepingCapacity: true)
            return .inPlace
        }
        guard element == .row else { return nil }
        isInRow = true
        cells = []
        return .inPlace
    }

    override func text(_ piece: XMLBytes) throws { buffer += piece.buffer }

    override func end(of element: Element) throws {
        if wantsText {
            wantsText = false
            while cells.count <= column { cells.append(nil) }
            cells[column] = String(decoding: buffer, as: UTF8.self)
        } else {
            isInRow = false
            total += cells.count
            // A few bytes can make a row as wide as the table.
            try document.allow(impliedCells: cells.count { $0 == nil }, at: place)
            table.rows.append(cells)
        }
    }

    override func end() throws {
        let (size, isHuge) = table.rows.count.multipliedReportingOverflow(by: table.columns.count)
        try document.allow(impliedCells: isHuge ? .max : size - total, at: place)
        // A row has a cell for every column, whether or not the document has.
        for index in table.rows.indices {
            let lacking = table.columns.count - table.rows[index].count
            if lacking > 0 { table.rows[index] += Array(repeating: nil, count: lacking) }
        }
        receive(table)
    }
}
