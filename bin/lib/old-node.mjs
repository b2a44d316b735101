// In words that a Node of 2019 reads, and importing nothing: it must live to say the sentence.

/** What runs before the packaged Node 24 is there needs Node 18. */
export function refuseOldNode() {
  if (Number(process.versions.node.split('.')[0]) >= 18) return;
  process.stderr.write(
    `दक्ष शुरू करने के लिए Node.js 18 या नया चाहिए; यह ${process.version} है। नया Node.js स्थापित करें (24 फिर अपने आप आ जाता है)।\n` +
      `Daksh needs Node.js 18 or newer to begin; this is ${process.version}. Install a newer Node.js (24 then comes by itself).\n`,
  );
  process.exit(1);
}
