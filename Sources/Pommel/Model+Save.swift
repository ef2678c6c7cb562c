extension Model {
    /// Writes the native file. It appears under its name only when it is complete.
    ///
    /// - Throws: ``PommelError`` when the file cannot be written.
    public func save(to path: String) throws(PommelError) {
        let file = try OutputFile(path: path)
        try withNativeBytes { bytes throws(PommelError) in try file.write(bytes) }
        try file.commit()
    }
}
