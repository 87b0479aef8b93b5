/// The files of `Page`, which are in the program as text.
///
/// `page.js` and `page.css` are what any page has, `view.js` and `view.css` show states and steps, and
/// `run.js`, `run.css` and `run.html` are the page of a run.
package enum PageFiles {
  package static let page = text(PackageResources.page_js)
  package static let style = text(PackageResources.page_css)
  package static let view = text(PackageResources.view_js)
  package static let viewStyle = text(PackageResources.view_css)
  static let runStyle = text(PackageResources.run_css)
  static let run = text(PackageResources.run_js)
  static let frame = text(PackageResources.run_html)

  private static func text(_ file: [UInt8]) -> String { String(decoding: file, as: UTF8.self) }
}
