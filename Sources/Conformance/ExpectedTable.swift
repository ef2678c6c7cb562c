import Pommel

/// A table of expected or actual values, read without the product's own table reader.
struct ExpectedTable {
    /// The columns in order, for delimited text; of the first row, for JSON Lines.
    var columns: [String] = []
    var rows: [[String: JSON]] = []

    init?(_ bytes: [UInt8], path: String) {
        if path.hasSuffix(".jsonl") { self.init(jsonLines: bytes) } else {
            self.init(delimited: bytes, by: path.hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ","))
        }
    }

    init?(jsonLines bytes: [UInt8]) {
        for line in bytes.split(separator: 10) where !line.allSatisfy({ $0 <= 32 }) {
            guard case .object(let members)? = JSON(Array(line)) else { return nil }
            if rows.isEmpty { columns = members.map(\.name) }
            rows.append(Dictionary(members.map { ($0.name, $0.value) }) { $1 })
        }
    }

    /// RFC 4180; an empty cell is a missing value. A line of nothing is no row.
    private init?(delimited bytes: [UInt8], by delimiter: UInt8) {
        let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? Array(bytes.dropFirst(3)) : bytes
        var records: [[String]] = []
        var record: [String] = []
        var cell: [UInt8] = []
        var isQuoted = false
        var hasQuotes = false
        var index = 0
        func endCell() {
            record.append(String(decoding: cell, as: UTF8.self))
            cell.removeAll()
        }
        func endRecord() {
            if !record.isEmpty || !cell.isEmpty || hasQuotes {
                endCell()
                records.append(record)
            }
            record.removeAll()
            hasQuotes = false
        }
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                if byte != 34 { cell.append(byte) } else if index < bytes.count, bytes[index] == 34 {
                    cell.append(34)
                    index += 1
                } else {
                    isQuoted = false
                }
            } else if byte == 34 && cell.isEmpty {
                isQuoted = true
                hasQuotes = true
            } else if byte == delimiter {
                endCell()
            } else if byte == 10 || byte == 13 {
                if byte == 13, index < bytes.count, bytes[index] == 10 { index += 1 }
                endRecord()
            } else {
                cell.append(byte)
            }
        }
        endRecord()
        guard let header = records.first else { return nil }
        columns = header
        for record in records.dropFirst() {
            rows.append(Dictionary(zip(header, record).map { ($0, $1.isEmpty ? JSON.null : JSON.string($1)) }) { $1 })
        }
    }
}
