/// The files of `Page`, which are in the program as text.
///
/// `view.js` and `run.css` show states and steps in any page; `run.js` and `run.html` are the page of a
/// run.
package enum PageFiles {
  package static let view = text(PackageResources.view_js)
  package static let style = text(PackageResources.run_css)
  static let run = text(PackageResources.run_js)
  static let frame = text(PackageResources.run_html)

  private static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}
