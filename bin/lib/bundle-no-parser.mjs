/**
 * Stands in for markdown-it in what browsers load: prosemirror-markdown makes a parser when it is imported,
 * but the editor's texts are parsed on the server, and the parser would weigh 40 kB.
 */
export default function noParser() {
  return {};
}
