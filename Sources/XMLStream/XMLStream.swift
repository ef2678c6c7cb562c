// XMLStream
