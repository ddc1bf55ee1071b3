<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>qntx</name>
  <message>
   <source> ({count} in a row)</source>
   <translation> ({count} hintereinander)</translation>
  </message>
  <message>
   <source> Asking for it…</source>
   <translation> Er wird erfragt…</translation>
  </message>
  <message>
   <source> Left out, too large: {join}.</source>
   <translation> Weggelassen, zu groß: {join}.</translation>
  </message>
  <message>
   <source> Settings: go on running in the tray.</source>
   <translation> Einstellungen: im Infobereich weiterlaufen.</translation>
  </message>
  <message>
   <source> There is a recovery code.</source>
   <translation> Es gibt einen Rettungscode.</translation>
  </message>
  <message>
   <source> There is no recovery code yet.</source>
   <translation> Es gibt noch keinen Rettungscode.</translation>
  </message>
  <message>
   <source> and </source>
   <translation> und </translation>
  </message>
  <message>
   <source> and {inputs} more</source>
   <translation> und {inputs} weitere</translation>
  </message>
  <message>
   <source> more than v{version}</source>
   <translation> mehr als v{version}</translation>
  </message>
  <message>
   <source> since v{part}</source>
   <translation> seit v{part}</translation>
  </message>
  <message>
   <source> when enabled</source>
   <translation>, wenn angeschaltet</translation>
  </message>
  <message>
   <source> {texts} could not be read and kept the old key.</source>
   <translation> {texts} nicht lesbar, noch mit dem alten Schlüssel.</translation>
  </message>
  <message>
   <source> {types} asked for it.</source>
   <translation> {types} verlangten es.</translation>
  </message>
  <message>
   <source># A file of your own

- [ ] Type the path of a file behind `ix csv`, or drop the file on the canvas
- [ ] Press ▶. Nothing knows `csv` yet, so the glyph offers **Create handler**
- [ ] Change the lines marked (1), (2) and (3), save, and press ▶ again
</source>
   <translation># Eine eigene Datei

- [ ] Den Pfad einer Datei hinter `ix csv` schreiben, oder die Datei auf die Leinwand ziehen
- [ ] ▶ drücken. Noch kennt niemand `csv`, deshalb bietet die Glyphe **Handler anlegen** an
- [ ] Die Zeilen mit (1), (2) und (3) ändern, speichern und noch einmal ▶ drücken
</translation>
  </message>
  <message>
   <source># A repository

- [ ] Put its address or folder behind `ix git`, and press ▶: commits, branches, tags and dependencies
- [ ] Press the clock beside ▶: from then on only what is new is read
</source>
   <translation># Ein Repository

- [ ] Seine Adresse oder seinen Ordner hinter `ix git` schreiben und ▶ drücken: Commits, Zweige, Marken und Abhängigkeiten
- [ ] Die Uhr neben ▶ drücken: von da an wird nur gelesen, was neu ist
</translation>
  </message>
  <message>
   <source># From a file to attestations

The file `people.csv` lies in the folder of this canvas. Everything here can be changed; undo is Ctrl+Z.

- [ ] Select **example-people** and press ▶ (Ctrl+Enter): a result appears below it
- [ ] Press a row of the result: what it claims, and which run made it
- [ ] Change a line of the Python glyph, save it (Ctrl+S), and run once more
- [ ] Press the clock beside ▶ to run it again and again
</source>
   <translation># Attestationen aus Dateien

`people.csv` liegt im Ordner dieser Leinwand. Alles lässt sich ändern; rückgängig macht Strg+Z.

- [ ] **example-people** wählen und ▶ drücken (Strg+Enter): darunter erscheint ein Ergebnis
- [ ] Eine Zeile des Ergebnisses drücken: was sie behauptet, und welcher Lauf sie machte
- [ ] Eine Zeile der Python-Glyphe ändern, speichern (Strg+S) und noch einmal ausführen
- [ ] Die Uhr neben ▶ drücken, um es immer wieder auszuführen
</translation>
  </message>
  <message>
   <source># heading, **bold**, - [ ] to do</source>
   <translation># Titel, **fett**, - [ ] zu tun</translation>
  </message>
  <message>
   <source>, by default {default_branch}</source>
   <translation>, Hauptzweig {default_branch}</translation>
  </message>
  <message>
   <source>, by the clock here</source>
   <translation>, nach der Uhr hier</translation>
  </message>
  <message>
   <source>, once its schedule is switched on</source>
   <translation>, sobald der Zeitplan an ist</translation>
  </message>
  <message>
   <source>, without a secret: anyone who reaches the port may ask</source>
   <translation>, ohne Geheimnis: wer den Port erreicht, darf fragen</translation>
  </message>
  <message>
   <source>, {every} taken back</source>
   <translation>, {every} zurückgenommen</translation>
  </message>
  <message>
   <source>/path/to/qntx-weather-plugin, or the name of a program</source>
   <translation>/path/to/qntx-weather-plugin, oder der Name eines Programms</translation>
  </message>
  <message>
   <source>1 job runs</source>
   <translation>1 Auftrag läuft</translation>
  </message>
  <message>
   <source>1 to 64 small letters a-z, digits and hyphens.</source>
   <translation>1 bis 64 Kleinbuchstaben a-z, Ziffern und Bindestriche.</translation>
  </message>
  <message>
   <source>7 days</source>
   <translation>7 Tage</translation>
  </message>
  <message>
   <source>A binary file.</source>
   <translation>Eine Binärdatei.</translation>
  </message>
  <message>
   <source>A command line call runs the jobs of this home; this window takes over when it ends.</source>
   <translation>Ein Aufruf der Kommandozeile führt die Aufträge dieses Ordners aus; endet er, übernimmt dieses Fenster.</translation>
  </message>
  <message>
   <source>A copy with everything on it</source>
   <translation>Eine Kopie mit allem darauf</translation>
  </message>
  <message>
   <source>A file</source>
   <translation>Eine Datei</translation>
  </message>
  <message>
   <source>A manual source is never synced: its files are what lies in its folder.</source>
   <translation>Eine eigene Quelle wird nie abgeglichen: ihre Dateien sind, was in ihrem Ordner liegt.</translation>
  </message>
  <message>
   <source>A new canvas</source>
   <translation>Eine neue Leinwand</translation>
  </message>
  <message>
   <source>A plugin runs with your own rights and is not confined: add only programs that you trust.</source>
   <translation>Ein Plugin läuft mit Ihren eigenen Rechten und ist nicht eingesperrt: fügen Sie nur Programme hinzu, denen Sie trauen.</translation>
  </message>
  <message>
   <source>A repository</source>
   <translation>Ein Repository</translation>
  </message>
  <message>
   <source>A small CSV file, its handler, and what to try.</source>
   <translation>Eine kleine CSV-Datei, ihr Handler, und was man probieren kann.</translation>
  </message>
  <message>
   <source>A token is shown once. It goes into the header Authorization: Bearer TOKEN.</source>
   <translation>Ein Token wird einmal gezeigt. Es gehört in den Kopf Authorization: Bearer TOKEN.</translation>
  </message>
  <message>
   <source>A value secret:NAME stands for a kept secret; the plugin gets its value, the settings keep the name.</source>
   <translation>Ein Wert secret:NAME steht für ein Geheimnis; das Plugin bekommt den Wert, die Einstellungen behalten den Namen.</translation>
  </message>
  <message>
   <source>API and webhooks</source>
   <translation>API und Webhooks</translation>
  </message>
  <message>
   <source>API and webhooks…</source>
   <translation>API und Webhooks…</translation>
  </message>
  <message>
   <source>About QNTX Desktop</source>
   <translation>Über QNTX Desktop</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Access token</source>
   <translation>Zugangstoken</translation>
  </message>
  <message>
   <source>Actors</source>
   <translation>Akteure</translation>
  </message>
  <message>
   <source>Add</source>
   <translation>Hinzufügen</translation>
  </message>
  <message>
   <source>Add Attestation</source>
   <translation>Attestation hinzufügen</translation>
  </message>
  <message>
   <source>Add IX</source>
   <translation>IX hinzufügen</translation>
  </message>
  <message>
   <source>Add Ingest</source>
   <translation>Einlesen hinzufügen</translation>
  </message>
  <message>
   <source>Add a glyph</source>
   <translation>Glyphe hinzufügen</translation>
  </message>
  <message>
   <source>Add a glyph here</source>
   <translation>Glyphe hier hinzufügen</translation>
  </message>
  <message>
   <source>Add a glyph…</source>
   <translation>Glyphe hinzufügen…</translation>
  </message>
  <message>
   <source>Add a plugin</source>
   <translation>Plugin hinzufügen</translation>
  </message>
  <message>
   <source>Add a source</source>
   <translation>Quelle hinzufügen</translation>
  </message>
  <message>
   <source>Add a webhook</source>
   <translation>Webhook hinzufügen</translation>
  </message>
  <message>
   <source>Add and run</source>
   <translation>Hinzufügen und ausführen</translation>
  </message>
  <message>
   <source>Add and start</source>
   <translation>Hinzufügen und starten</translation>
  </message>
  <message>
   <source>Add or edit by touch</source>
   <translation>Durch Berühren hinzufügen oder bearbeiten</translation>
  </message>
  <message>
   <source>Add {label}</source>
   <translation>{label} hinzufügen</translation>
  </message>
  <message>
   <source>Address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>Add…</source>
   <translation>Hinzufügen…</translation>
  </message>
  <message>
   <source>Align</source>
   <translation>Ausrichten</translation>
  </message>
  <message>
   <source>Align bottom edges</source>
   <translation>Unterkanten ausrichten</translation>
  </message>
  <message>
   <source>Align left edges</source>
   <translation>Linke Kanten ausrichten</translation>
  </message>
  <message>
   <source>Align middles one below the other</source>
   <translation>Mitten untereinander ausrichten</translation>
  </message>
  <message>
   <source>Align middles side by side</source>
   <translation>Mitten nebeneinander ausrichten</translation>
  </message>
  <message>
   <source>Align right edges</source>
   <translation>Rechte Kanten ausrichten</translation>
  </message>
  <message>
   <source>Align top edges</source>
   <translation>Oberkanten ausrichten</translation>
  </message>
  <message>
   <source>All files (*)</source>
   <translation>Alle Dateien (*)</translation>
  </message>
  <message>
   <source>All keys are on the clipboard.</source>
   <translation>Alle Tasten sind in der Zwischenablage.</translation>
  </message>
  <message>
   <source>All went well.</source>
   <translation>Alles ging gut.</translation>
  </message>
  <message>
   <source>All {attestations}, in the order they were made.</source>
   <translation>Alle {attestations}, in der Reihenfolge, in der sie entstanden.</translation>
  </message>
  <message>
   <source>Allow</source>
   <translation>Erlauben</translation>
  </message>
  <message>
   <source>Allow version {version}</source>
   <translation>Version {version} erlauben</translation>
  </message>
  <message>
   <source>Allow {name}</source>
   <translation>{name} erlauben</translation>
  </message>
  <message>
   <source>Allow {name} to run?</source>
   <translation>Darf {name} laufen?</translation>
  </message>
  <message>
   <source>Allow…</source>
   <translation>Erlauben…</translation>
  </message>
  <message>
   <source>Alt and drag, Ctrl and drag</source>
   <translation>Alt und ziehen, Strg und ziehen</translation>
  </message>
  <message>
   <source>Amber</source>
   <translation>Bernstein</translation>
  </message>
  <message>
   <source>Answer programs of this computer over HTTP, with tokens</source>
   <translation>Programmen dieses Rechners über HTTP antworten, mit Token</translation>
  </message>
  <message>
   <source>Answer programs, with tokens</source>
   <translation>Programmen antworten, mit Token</translation>
  </message>
  <message>
   <source>Arguments</source>
   <translation>Argumente</translation>
  </message>
  <message>
   <source>Arrange</source>
   <translation>Anordnen</translation>
  </message>
  <message>
   <source>As before February 2026: seconds, attributes as text</source>
   <translation>Wie vor Februar 2026: Sekunden, Attribute als Text</translation>
  </message>
  <message>
   <source>As it is seen to speak</source>
   <translation>Wie es spricht</translation>
  </message>
  <message>
   <source>As large as the window</source>
   <translation>So groß wie das Fenster</translation>
  </message>
  <message>
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>As today: milliseconds, structured attributes</source>
   <translation>Wie heute: Millisekunden, gegliederte Attribute</translation>
  </message>
  <message>
   <source>Asked by</source>
   <translation>Auslöser</translation>
  </message>
  <message>
   <source>Asked for</source>
   <translation>Verlangt</translation>
  </message>
  <message>
   <source>At least 16 characters; without one anyone who reaches the port may ask</source>
   <translation>Mindestens 16 Zeichen; ohne darf fragen, wer den Port erreicht</translation>
  </message>
  <message>
   <source>Attempt</source>
   <translation>Versuch</translation>
  </message>
  <message>
   <source>Attempt {attempt}{DOT}{_ATTEMPTS}</source>
   <translation>Versuch {attempt}{DOT}{_ATTEMPTS}</translation>
  </message>
  <message>
   <source>Attestation</source>
   <translation>Attestation</translation>
  </message>
  <message>
   <source>Attestation {id}</source>
   <translation>Attestation {id}</translation>
  </message>
  <message>
   <source>Attestations</source>
   <translation>Attestationen</translation>
  </message>
  <message>
   <source>Attributes</source>
   <translation>Attribute</translation>
  </message>
  <message>
   <source>Attributes ({attributes})</source>
   <translation>Attribute ({attributes})</translation>
  </message>
  <message>
   <source>Back to where you looked</source>
   <translation>Zurück zur vorigen Stelle</translation>
  </message>
  <message>
   <source>Began</source>
   <translation>Begann</translation>
  </message>
  <message>
   <source>Begin with a file of your own.</source>
   <translation>Mit einer eigenen Datei beginnen.</translation>
  </message>
  <message>
   <source>Beginning</source>
   <translation>Anfang</translation>
  </message>
  <message>
   <source>Bin</source>
   <translation>Papierkorb</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
  </message>
  <message>
   <source>Branch, tag or commit</source>
   <translation>Zweig, Marke oder Commit</translation>
  </message>
  <message>
   <source>Bring the key back</source>
   <translation>Schlüssel zurückholen</translation>
  </message>
  <message>
   <source>Bring to front</source>
   <translation>Nach vorn</translation>
  </message>
  <message>
   <source>Bring to front:</source>
   <translation>Nach vorn:</translation>
  </message>
  <message>
   <source>Browse…</source>
   <translation>Durchsuchen…</translation>
  </message>
  <message>
   <source>By itself</source>
   <translation>Von selbst</translation>
  </message>
  <message>
   <source>Came</source>
   <translation>Kam</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancel the run</source>
   <translation>Lauf abbrechen</translation>
  </message>
  <message>
   <source>Canvas</source>
   <translation>Leinwand</translation>
  </message>
  <message>
   <source>Canvas (*{SUFFIX} *{SUFFIX2} *.png)</source>
   <translation>Leinwand (*{SUFFIX} *{SUFFIX2} *.png)</translation>
  </message>
  <message>
   <source>Canvas 1</source>
   <translation>Leinwand 1</translation>
  </message>
  <message>
   <source>Canvas folder…</source>
   <translation>Ordner der Leinwand…</translation>
  </message>
  <message>
   <source>Canvas with its handlers and files</source>
   <translation>Leinwand mit Handlern und Dateien</translation>
  </message>
  <message>
   <source>Canvas {name}</source>
   <translation>Leinwand {name}</translation>
  </message>
  <message>
   <source>Canvases</source>
   <translation>Leinwände</translation>
  </message>
  <message>
   <source>Canvases…</source>
   <translation>Leinwände…</translation>
  </message>
  <message>
   <source>Change</source>
   <translation>Ändern</translation>
  </message>
  <message>
   <source>Change the canvas folder</source>
   <translation>Ordner der Leinwand ändern</translation>
  </message>
  <message>
   <source>Change the source</source>
   <translation>Quelle ändern</translation>
  </message>
  <message>
   <source>Change this source</source>
   <translation>Diese Quelle ändern</translation>
  </message>
  <message>
   <source>Changed files</source>
   <translation>Geänderte Dateien</translation>
  </message>
  <message>
   <source>Choose a file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>Choose a file.</source>
   <translation>Wählen Sie eine Datei.</translation>
  </message>
  <message>
   <source>Choose a file…</source>
   <translation>Datei wählen…</translation>
  </message>
  <message>
   <source>Choose file</source>
   <translation>Datei wählen</translation>
  </message>
  <message>
   <source>Choose what it may.</source>
   <translation>Wählen Sie, was es darf.</translation>
  </message>
  <message>
   <source>Client</source>
   <translation>Programm</translation>
  </message>
  <message>
   <source>Clients of the API</source>
   <translation>Programme der API</translation>
  </message>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Close again to leave without them.</source>
   <translation>Noch einmal schließen beendet ohne sie.</translation>
  </message>
  <message>
   <source>Close again to leave.</source>
   <translation>Noch einmal schließen beendet.</translation>
  </message>
  <message>
   <source>Close again to quit now; they start again next time.</source>
   <translation>Noch einmal schließen beendet jetzt; sie beginnen beim nächsten Mal wieder.</translation>
  </message>
  <message>
   <source>Close and lose it</source>
   <translation>Schließen und verlieren</translation>
  </message>
  <message>
   <source>Close the Pulse panel</source>
   <translation>Pulse schließen</translation>
  </message>
  <message>
   <source>Closing when the store has opened…</source>
   <translation>Wird geschlossen, sobald der Speicher offen ist…</translation>
  </message>
  <message>
   <source>Code of the handler</source>
   <translation>Code des Handlers</translation>
  </message>
  <message>
   <source>Code of {name}</source>
   <translation>Code von {name}</translation>
  </message>
  <message>
   <source>Code sources…</source>
   <translation>Codequellen…</translation>
  </message>
  <message>
   <source>Code, {lines}</source>
   <translation>Code, {lines}</translation>
  </message>
  <message>
   <source>Colour</source>
   <translation>Farbe</translation>
  </message>
  <message>
   <source>Command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>Command: {part}</source>
   <translation>Befehl: {part}</translation>
  </message>
  <message>
   <source>Commands of this canvas name them. Whoever gets the bundle can read what is ticked.</source>
   <translation>Befehle dieser Leinwand nennen sie. Wer das Bündel bekommt, kann lesen, was angehakt ist.</translation>
  </message>
  <message>
   <source>Comment lines in or out</source>
   <translation>Zeilen ein- oder auskommentieren</translation>
  </message>
  <message>
   <source>Commit</source>
   <translation>Commit</translation>
  </message>
  <message>
   <source>Compare</source>
   <translation>Vergleichen</translation>
  </message>
  <message>
   <source>Compare v{version} with v{other}</source>
   <translation>v{version} mit v{other} vergleichen</translation>
  </message>
  <message>
   <source>Complete the name</source>
   <translation>Namen vervollständigen</translation>
  </message>
  <message>
   <source>Confined</source>
   <translation>Eingesperrt</translation>
  </message>
  <message>
   <source>Content</source>
   <translation>Inhalt</translation>
  </message>
  <message>
   <source>Contexts</source>
   <translation>Kontexte</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Copy address</source>
   <translation>Adresse kopieren</translation>
  </message>
  <message>
   <source>Copy all as text</source>
   <translation>Alles als Text kopieren</translation>
  </message>
  <message>
   <source>Copy as JSON</source>
   <translation>Als JSON kopieren</translation>
  </message>
  <message>
   <source>Create</source>
   <translation>Anlegen</translation>
  </message>
  <message>
   <source>Create handler</source>
   <translation>Handler anlegen</translation>
  </message>
  <message>
   <source>Create handler {script_type}</source>
   <translation>Handler {script_type} anlegen</translation>
  </message>
  <message>
   <source>Cron line</source>
   <translation>Cron-Zeile</translation>
  </message>
  <message>
   <source>Ctrl and wheel, pinch</source>
   <translation>Strg und Rad, zwei Finger</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Ausschneiden</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>Default</source>
   <translation>Vorgabe</translation>
  </message>
  <message>
   <source>Default of: {help}</source>
   <translation>Vorgabe von: {help}</translation>
  </message>
  <message>
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <source>Delete for good</source>
   <translation>Endgültig löschen</translation>
  </message>
  <message>
   <source>Delete it</source>
   <translation>Wirklich löschen</translation>
  </message>
  <message>
   <source>Delete the canvas</source>
   <translation>Leinwand löschen</translation>
  </message>
  <message>
   <source>Delete this file</source>
   <translation>Diese Datei löschen</translation>
  </message>
  <message>
   <source>Deliver again</source>
   <translation>Noch einmal zustellen</translation>
  </message>
  <message>
   <source>Deliveries</source>
   <translation>Zustellungen</translation>
  </message>
  <message>
   <source>Diff</source>
   <translation>Vergleich</translation>
  </message>
  <message>
   <source>Difference</source>
   <translation>Unterschied</translation>
  </message>
  <message>
   <source>Disable</source>
   <translation>Abschalten</translation>
  </message>
  <message>
   <source>Disable or enable</source>
   <translation>Ab- oder anschalten</translation>
  </message>
  <message>
   <source>Dismiss</source>
   <translation>Wegnehmen</translation>
  </message>
  <message>
   <source>Distribute</source>
   <translation>Verteilen</translation>
  </message>
  <message>
   <source>Distribute across</source>
   <translation>Waagrecht verteilen</translation>
  </message>
  <message>
   <source>Distribute down</source>
   <translation>Senkrecht verteilen</translation>
  </message>
  <message>
   <source>Do what the glyph offers</source>
   <translation>Tun, was die Glyphe anbietet</translation>
  </message>
  <message>
   <source>Document</source>
   <translation>Dokument</translation>
  </message>
  <message>
   <source>Double-click on the background</source>
   <translation>Doppelklick auf den Hintergrund</translation>
  </message>
  <message>
   <source>Double-click, or click its text</source>
   <translation>Doppelklick, oder auf den Text klicken</translation>
  </message>
  <message>
   <source>Double-click, press Tab, or drag ⨳ from the left, and write what to read:</source>
   <translation>Doppelklicken, Tab drücken oder ⨳ von links ziehen, und schreiben, was gelesen wird:</translation>
  </message>
  <message>
   <source>Drag it from results, Pulse or the Handlers panel</source>
   <translation>Aus Ergebnissen, Pulse oder der Handlerliste ziehen</translation>
  </message>
  <message>
   <source>Drag on the background from right to left</source>
   <translation>Auf dem Hintergrund von rechts nach links ziehen</translation>
  </message>
  <message>
   <source>Drawing</source>
   <translation>Zeichnung</translation>
  </message>
  <message>
   <source>Drop</source>
   <translation>Ablegen</translation>
  </message>
  <message>
   <source>Drop a file, a folder, an address or text</source>
   <translation>Datei, Ordner, Adresse oder Text ablegen</translation>
  </message>
  <message>
   <source>Duplicate</source>
   <translation>Verdoppeln</translation>
  </message>
  <message>
   <source>Duplicate the canvas</source>
   <translation>Leinwand verdoppeln</translation>
  </message>
  <message>
   <source>Durations and failures of the handlers</source>
   <translation>Dauern und Fehler der Handler</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>Edit (Enter)</source>
   <translation>Bearbeiten (Enter)</translation>
  </message>
  <message>
   <source>Edit a glyph</source>
   <translation>Glyphe bearbeiten</translation>
  </message>
  <message>
   <source>Edit or open</source>
   <translation>Bearbeiten oder öffnen</translation>
  </message>
  <message>
   <source>Edit text</source>
   <translation>Text bearbeiten</translation>
  </message>
  <message>
   <source>Edit the code (Enter)</source>
   <translation>Code bearbeiten (Enter)</translation>
  </message>
  <message>
   <source>Edit the command (Enter)</source>
   <translation>Befehl bearbeiten (Enter)</translation>
  </message>
  <message>
   <source>Edit {command}</source>
   <translation>{command} bearbeiten</translation>
  </message>
  <message>
   <source>Empty</source>
   <translation>Leer</translation>
  </message>
  <message>
   <source>Empty canvas</source>
   <translation>Leere Leinwand</translation>
  </message>
  <message>
   <source>Empty the bin</source>
   <translation>Papierkorb leeren</translation>
  </message>
  <message>
   <source>Enable</source>
   <translation>Anschalten</translation>
  </message>
  <message>
   <source>End this plugin and start it anew</source>
   <translation>Dieses Plugin beenden und neu starten</translation>
  </message>
  <message>
   <source>Error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Error, kept on the canvas</source>
   <translation>Fehler, auf der Leinwand behalten</translation>
  </message>
  <message>
   <source>Event</source>
   <translation>Ereignis</translation>
  </message>
  <message>
   <source>Every</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Every action has its usual key again.</source>
   <translation>Alles hat wieder die übliche Taste.</translation>
  </message>
  <message>
   <source>Every connection of scripts and sources is refused.</source>
   <translation>Jede Verbindung von Skripten und Quellen wird verweigert.</translation>
  </message>
  <message>
   <source>Every how many</source>
   <translation>Wie oft</translation>
  </message>
  <message>
   <source>Everything a glyph can do</source>
   <translation>Alles, was eine Glyphe kann</translation>
  </message>
  <message>
   <source>Everything is kept in {home}</source>
   <translation>Alles liegt in {home}</translation>
  </message>
  <message>
   <source>Everything stays as it is; what runs goes on afterwards.</source>
   <translation>Alles bleibt, wie es ist; was läuft, geht danach weiter.</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Exportieren</translation>
  </message>
  <message>
   <source>Export the canvas</source>
   <translation>Leinwand exportieren</translation>
  </message>
  <message>
   <source>Export the canvas instead. On canvases of this home they can be pasted as ever.</source>
   <translation>Exportieren Sie stattdessen die Leinwand. Auf Leinwänden dieses Ordners lassen sie sich wie immer einfügen.</translation>
  </message>
  <message>
   <source>Export the keys</source>
   <translation>Tasten exportieren</translation>
  </message>
  <message>
   <source>Export with files</source>
   <translation>Mit Dateien exportieren</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Failure</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>Fetch and run</source>
   <translation>Holen und ausführen</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>Files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>Files; ticked ones go along</source>
   <translation>Dateien; angehakte gehen mit</translation>
  </message>
  <message>
   <source>Filter</source>
   <translation>Filtern</translation>
  </message>
  <message>
   <source>Filter handlers</source>
   <translation>Handler filtern</translation>
  </message>
  <message>
   <source>Find</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Find in commands, output and errors</source>
   <translation>In Befehlen, Ausgaben und Fehlern suchen</translation>
  </message>
  <message>
   <source>Find on all canvases…</source>
   <translation>Auf allen Leinwänden suchen…</translation>
  </message>
  <message>
   <source>Find text on all canvases</source>
   <translation>Text auf allen Leinwänden suchen</translation>
  </message>
  <message>
   <source>Find text on the canvas; Enter goes on</source>
   <translation>Text auf der Leinwand suchen; Enter geht weiter</translation>
  </message>
  <message>
   <source>Find text…</source>
   <translation>Text suchen…</translation>
  </message>
  <message>
   <source>Fold</source>
   <translation>Einklappen</translation>
  </message>
  <message>
   <source>Fold or unfold</source>
   <translation>Ein- oder ausklappen</translation>
  </message>
  <message>
   <source>Folder where relative paths start</source>
   <translation>Ordner, in dem relative Pfade beginnen</translation>
  </message>
  <message>
   <source>Follow</source>
   <translation>Verfolgen</translation>
  </message>
  <message>
   <source>Follow a git repository.</source>
   <translation>Einem Git-Repository folgen.</translation>
  </message>
  <message>
   <source>For commands that start with  ix {name}</source>
   <translation>Für Befehle, die beginnen mit  ix {name}</translation>
  </message>
  <message>
   <source>For plugins that break off as soon as they are spoken to</source>
   <translation>Für Plugins, die abbrechen, sobald man sie anspricht</translation>
  </message>
  <message>
   <source>Forget a place</source>
   <translation>Stelle vergessen</translation>
  </message>
  <message>
   <source>Forget a place…</source>
   <translation>Stelle vergessen…</translation>
  </message>
  <message>
   <source>Forget this plugin</source>
   <translation>Dieses Plugin vergessen</translation>
  </message>
  <message>
   <source>Forward again</source>
   <translation>Wieder vor</translation>
  </message>
  <message>
   <source>Found</source>
   <translation>Gefunden</translation>
  </message>
  <message>
   <source>Frame</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>Getting the packages of {name} …</source>
   <translation>Pakete von {name} werden geholt …</translation>
  </message>
  <message>
   <source>Give it a type and save it</source>
   <translation>Einen Typ geben und speichern</translation>
  </message>
  <message>
   <source>Give it another name (F2)</source>
   <translation>Einen anderen Namen geben (F2)</translation>
  </message>
  <message>
   <source>Give up</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Give up what was typed</source>
   <translation>Getipptes verwerfen</translation>
  </message>
  <message>
   <source>Glyph</source>
   <translation>Glyphe</translation>
  </message>
  <message>
   <source>Glyphs</source>
   <translation>Glyphen</translation>
  </message>
  <message>
   <source>Glyphs of the canvas</source>
   <translation>Glyphen der Leinwand</translation>
  </message>
  <message>
   <source>Glyphs to add</source>
   <translation>Glyphen zum Hinzufügen</translation>
  </message>
  <message>
   <source>Go back</source>
   <translation>Zurückgehen</translation>
  </message>
  <message>
   <source>Go back to the selected revision</source>
   <translation>Zum gewählten Stand zurückgehen</translation>
  </message>
  <message>
   <source>Go back to this …</source>
   <translation>Zurück zu diesem …</translation>
  </message>
  <message>
   <source>Go on</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Go on running in the tray when the window is closed, where the desktop has a tray</source>
   <translation>Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird, wo es einen gibt</translation>
  </message>
  <message>
   <source>Go to</source>
   <translation>Hingehen</translation>
  </message>
  <message>
   <source>Go to a glyph or a canvas</source>
   <translation>Zu einer Glyphe oder Leinwand gehen</translation>
  </message>
  <message>
   <source>Go to a glyph or canvas…</source>
   <translation>Zu einer Glyphe oder Leinwand gehen…</translation>
  </message>
  <message>
   <source>Go to a kept place…</source>
   <translation>Zu einer gemerkten Stelle gehen…</translation>
  </message>
  <message>
   <source>Go to a place</source>
   <translation>Zu einer Stelle gehen</translation>
  </message>
  <message>
   <source>Go to and select</source>
   <translation>Gehen und auswählen</translation>
  </message>
  <message>
   <source>Go to glyph</source>
   <translation>Zur Glyphe</translation>
  </message>
  <message>
   <source>Go to the code</source>
   <translation>Zum Code gehen</translation>
  </message>
  <message>
   <source>Go to the glyph above</source>
   <translation>Zur Glyphe darüber</translation>
  </message>
  <message>
   <source>Go to the glyph below</source>
   <translation>Zur Glyphe darunter</translation>
  </message>
  <message>
   <source>Go to the glyph on the left</source>
   <translation>Zur Glyphe links</translation>
  </message>
  <message>
   <source>Go to the glyph on the right</source>
   <translation>Zur Glyphe rechts</translation>
  </message>
  <message>
   <source>Go to the handler</source>
   <translation>Zum Handler gehen</translation>
  </message>
  <message>
   <source>Go to what failed</source>
   <translation>Zum Fehlgeschlagenen gehen</translation>
  </message>
  <message>
   <source>Go to what runs</source>
   <translation>Zum Laufenden gehen</translation>
  </message>
  <message>
   <source>Go to where a name is defined</source>
   <translation>Zur Stelle gehen, die einen Namen festlegt</translation>
  </message>
  <message>
   <source>Go to {name}</source>
   <translation>Zu {name} gehen</translation>
  </message>
  <message>
   <source>Green</source>
   <translation>Grün</translation>
  </message>
  <message>
   <source>Group</source>
   <translation>Gruppieren</translation>
  </message>
  <message>
   <source>Group in a frame</source>
   <translation>In einem Rahmen gruppieren</translation>
  </message>
  <message>
   <source>Handler</source>
   <translation>Handler</translation>
  </message>
  <message>
   <source>Handler of {script_type}</source>
   <translation>Handler für {script_type}</translation>
  </message>
  <message>
   <source>Handler {handler} v{handler_version}</source>
   <translation>Handler {handler} v{handler_version}</translation>
  </message>
  <message>
   <source>Handlers</source>
   <translation>Handler</translation>
  </message>
  <message>
   <source>Handlers from this source use the new revision from now on</source>
   <translation>Handler dieser Quelle nutzen ab jetzt den neuen Stand</translation>
  </message>
  <message>
   <source>Handlers in it; ticked ones may run</source>
   <translation>Enthaltene Handler; angehakte dürfen laufen</translation>
  </message>
  <message>
   <source>Handlers panel</source>
   <translation>Handlerliste</translation>
  </message>
  <message>
   <source>Help</source>
   <translation>Hilfe</translation>
  </message>
  <message>
   <source>High contrast</source>
   <translation>Hoher Kontrast</translation>
  </message>
  <message>
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>History…</source>
   <translation>Verlauf…</translation>
  </message>
  <message>
   <source>Hold a finger still</source>
   <translation>Einen Finger stillhalten</translation>
  </message>
  <message>
   <source>Hold new revisions until I have looked at them</source>
   <translation>Neue Stände anhalten, bis ich sie angesehen habe</translation>
  </message>
  <message>
   <source>How its attestations are spelled</source>
   <translation>Wie seine Attestationen geschrieben sind</translation>
  </message>
  <message>
   <source>How large text is, and all that holds it; counts when the window is opened again</source>
   <translation>Wie groß Text ist und alles, was ihn hält; gilt beim nächsten Öffnen des Fensters</translation>
  </message>
  <message>
   <source>How long a job of a plugin may take</source>
   <translation>Wie lange ein Auftrag eines Plugins dauern darf</translation>
  </message>
  <message>
   <source>How long a plugin may take until it answers after its start</source>
   <translation>Wie lange ein Plugin nach dem Start bis zur Antwort brauchen darf</translation>
  </message>
  <message>
   <source>How long a script may run that does not say so itself</source>
   <translation>Wie lange ein Skript laufen darf, das es nicht selbst sagt</translation>
  </message>
  <message>
   <source>How long completed and cancelled jobs are kept, with their logs</source>
   <translation>Wie lange fertige und abgebrochene Aufträge mit ihren Protokollen bleiben</translation>
  </message>
  <message>
   <source>How long failed jobs are kept, with their logs</source>
   <translation>Wie lange fehlgeschlagene Aufträge mit ihren Protokollen bleiben</translation>
  </message>
  <message>
   <source>How many scripts run at once; 0: one for each core, at most 4</source>
   <translation>Wie viele Skripte zugleich laufen; 0: eines je Kern, höchstens 4</translation>
  </message>
  <message>
   <source>How many short jobs of the app itself run at once; 0: two</source>
   <translation>Wie viele kurze Aufträge der App selbst zugleich laufen; 0: zwei</translation>
  </message>
  <message>
   <source>How often each client may call; a sixth of it at once</source>
   <translation>Wie oft jedes Programm aufrufen darf; ein Sechstel davon auf einmal</translation>
  </message>
  <message>
   <source>How the window looks; contrast: black, white and strong colours</source>
   <translation>Wie das Fenster aussieht; Kontrast: Schwarz, Weiß und kräftige Farben</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>Import a canvas</source>
   <translation>Leinwand importieren</translation>
  </message>
  <message>
   <source>Import keys</source>
   <translation>Tasten importieren</translation>
  </message>
  <message>
   <source>Import {name}</source>
   <translation>{name} importieren</translation>
  </message>
  <message>
   <source>Import {name}?</source>
   <translation>{name} importieren?</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>In it: {named}.</source>
   <translation>Darin: {named}.</translation>
  </message>
  <message>
   <source>In text</source>
   <translation>Im Text</translation>
  </message>
  <message>
   <source>Ingest</source>
   <translation>Einlesen</translation>
  </message>
  <message>
   <source>Ingest file</source>
   <translation>Datei einlesen</translation>
  </message>
  <message>
   <source>Ingest it: a glyph that runs ix for this file</source>
   <translation>Einlesen: eine Glyphe, die ix für diese Datei ausführt</translation>
  </message>
  <message>
   <source>Ingest or import</source>
   <translation>Einlesen oder importieren</translation>
  </message>
  <message>
   <source>Into the bin (Delete)</source>
   <translation>In den Papierkorb (Entf)</translation>
  </message>
  <message>
   <source>It announced no handlers: it serves requests only, or was never started.</source>
   <translation>Es nannte keine Handler: es bedient nur Anfragen oder lief noch nie.</translation>
  </message>
  <message>
   <source>It asks for nothing beyond what every handler may do.</source>
   <translation>Er verlangt nichts, was nicht jeder Handler darf.</translation>
  </message>
  <message>
   <source>It asks to</source>
   <translation>Verlangt wird:</translation>
  </message>
  <message>
   <source>It cannot be brought back</source>
   <translation>Lässt sich nicht zurückholen</translation>
  </message>
  <message>
   <source>It cannot come back: sure?</source>
   <translation>Kommt nicht zurück: sicher?</translation>
  </message>
  <message>
   <source>It declares no settings.</source>
   <translation>Es nennt keine Einstellungen.</translation>
  </message>
  <message>
   <source>It does not run (D)</source>
   <translation>Läuft nicht (D)</translation>
  </message>
  <message>
   <source>It failed.</source>
   <translation>Es ist fehlgeschlagen.</translation>
  </message>
  <message>
   <source>It has begun.</source>
   <translation>Es hat begonnen.</translation>
  </message>
  <message>
   <source>It has done no job yet.</source>
   <translation>Es hat noch keinen Auftrag getan.</translation>
  </message>
  <message>
   <source>It has not attested anything yet; it is answered in today's spelling.</source>
   <translation>Es hat noch nichts attestiert; Antwort in heutiger Schreibung.</translation>
  </message>
  <message>
   <source>It has written nothing yet.</source>
   <translation>Es hat noch nichts geschrieben.</translation>
  </message>
  <message>
   <source>It is answered in {spoken} spelling, as you said.</source>
   <translation>Antwort in {spoken} Schreibung, wie Sie sagten.</translation>
  </message>
  <message>
   <source>It is not moved, resized or deleted (Shift+L)</source>
   <translation>Wird nicht bewegt, vergrößert oder gelöscht (Umschalt+L)</translation>
  </message>
  <message>
   <source>It is read when it comes into view.</source>
   <translation>Wird gelesen, wenn es ins Bild kommt.</translation>
  </message>
  <message>
   <source>It is started again in {left_s} s.</source>
   <translation>Neustart in {left_s} s.</translation>
  </message>
  <message>
   <source>It is started again now.</source>
   <translation>Neustart jetzt.</translation>
  </message>
  <message>
   <source>It lies in the plugins folder and was not added. Enable it to run it, with your own rights and not confined.</source>
   <translation>Es liegt im Ordner der Plugins und wurde nicht hinzugefügt. Angeschaltet läuft es, mit Ihren eigenen Rechten und nicht eingesperrt.</translation>
  </message>
  <message>
   <source>It never ran.</source>
   <translation>Nie gelaufen.</translation>
  </message>
  <message>
   <source>It waits for your permission</source>
   <translation>Wartet auf Ihre Erlaubnis</translation>
  </message>
  <message>
   <source>It was not written here: it came from {came}.</source>
   <translation>Nicht hier geschrieben, sondern gekommen aus {came}.</translation>
  </message>
  <message>
   <source>It was seen to speak {spoken} spelling, and is answered so.</source>
   <translation>Es sprach in {spoken} Schreibung und bekommt so Antwort.</translation>
  </message>
  <message>
   <source>Its code was not written here. What is not ticked waits, if it asks for more than others may.</source>
   <translation>Der Code wurde nicht hier geschrieben. Was nicht angehakt ist, wartet, wenn es mehr verlangt, als andere dürfen.</translation>
  </message>
  <message>
   <source>Its files lie in your home, and are listed, edited and searched here.</source>
   <translation>Die Dateien liegen in Ihrem Ordner und werden hier aufgelistet, bearbeitet und durchsucht.</translation>
  </message>
  <message>
   <source>Its runs stay. Press again to remove the schedule.</source>
   <translation>Die Läufe bleiben. Noch einmal drücken entfernt den Zeitplan.</translation>
  </message>
  <message>
   <source>Its schedule is still there, and its runs are in Pulse.</source>
   <translation>Der Zeitplan ist noch da, die Läufe sind in Pulse.</translation>
  </message>
  <message>
   <source>Job</source>
   <translation>Auftrag</translation>
  </message>
  <message>
   <source>Job {id}</source>
   <translation>Auftrag {id}</translation>
  </message>
  <message>
   <source>Job {id} does it again.</source>
   <translation>Auftrag {id} tut es noch einmal.</translation>
  </message>
  <message>
   <source>Jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>Join to handler</source>
   <translation>Mit Handler verbinden</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep and restart</source>
   <translation>Behalten und neu starten</translation>
  </message>
  <message>
   <source>Keep it</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep it in a file and drop that on the canvas.</source>
   <translation>Legen Sie es in eine Datei und ziehen Sie diese auf die Leinwand.</translation>
  </message>
  <message>
   <source>Keep this file</source>
   <translation>Diese Datei behalten</translation>
  </message>
  <message>
   <source>Keep this place</source>
   <translation>Diese Stelle merken</translation>
  </message>
  <message>
   <source>Keep this place…</source>
   <translation>Diese Stelle merken…</translation>
  </message>
  <message>
   <source>Keep this plugin</source>
   <translation>Dieses Plugin behalten</translation>
  </message>
  <message>
   <source>Keep this source</source>
   <translation>Diese Quelle behalten</translation>
  </message>
  <message>
   <source>Kept in memory, and gone when QNTX Desktop is closed. Needs no key.</source>
   <translation>Nur im Arbeitsspeicher, und weg, wenn QNTX Desktop geschlossen wird. Braucht keinen Schlüssel.</translation>
  </message>
  <message>
   <source>Kept in {path}</source>
   <translation>Liegt in {path}</translation>
  </message>
  <message>
   <source>Kept; the plugin starts anew.</source>
   <translation>Behalten; das Plugin startet neu.</translation>
  </message>
  <message>
   <source>Key of: {label}</source>
   <translation>Taste: {label}</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>Keys (*{suffix})</source>
   <translation>Tasten (*{suffix})</translation>
  </message>
  <message>
   <source>Keys of the canvas that a person gave instead of the usual ones, such as copy=Ctrl+Alt+C</source>
   <translation>Tasten der Leinwand anstelle der üblichen, etwa copy=Ctrl+Alt+C</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Kind of source</source>
   <translation>Art der Quelle</translation>
  </message>
  <message>
   <source>Last used</source>
   <translation>Zuletzt genutzt</translation>
  </message>
  <message>
   <source>Leave the text</source>
   <translation>Text verlassen</translation>
  </message>
  <message>
   <source>Left out, since they are links or no files: {count:,}.</source>
   <translation>Ausgelassen, weil sie Verweise oder keine Dateien sind: {count:,}.</translation>
  </message>
  <message>
   <source>Let interval and webhook no longer sync this source</source>
   <translation>Abstand und Webhook gleichen diese Quelle nicht mehr ab</translation>
  </message>
  <message>
   <source>Let interval and webhook sync this source again</source>
   <translation>Abstand und Webhook gleichen diese Quelle wieder ab</translation>
  </message>
  <message>
   <source>Let webhooks ask for a sync</source>
   <translation>Webhooks dürfen einen Abgleich verlangen</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Line of time</source>
   <translation>Zeitlinie</translation>
  </message>
  <message>
   <source>Line of time: {label}</source>
   <translation>Zeitlinie: {label}</translation>
  </message>
  <message>
   <source>Listens on {address}, reached from this computer only.</source>
   <translation>Lauscht auf {address}, nur von diesem Rechner aus erreichbar.</translation>
  </message>
  <message>
   <source>Local API</source>
   <translation>Lokale API</translation>
  </message>
  <message>
   <source>Lock</source>
   <translation>Sperren</translation>
  </message>
  <message>
   <source>Lock or unlock</source>
   <translation>Sperren oder entsperren</translation>
  </message>
  <message>
   <source>Log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>Look again</source>
   <translation>Neu ansehen</translation>
  </message>
  <message>
   <source>Look for the program</source>
   <translation>Das Programm suchen</translation>
  </message>
  <message>
   <source>Look further {where}</source>
   <translation>Weiter nach {where} sehen</translation>
  </message>
  <message>
   <source>Looking for the key…</source>
   <translation>Der Schlüssel wird gesucht…</translation>
  </message>
  <message>
   <source>MIT licence. Fonts: Inter, JetBrains Mono, Noto (OFL).</source>
   <translation>MIT-Lizenz. Schriften: Inter, JetBrains Mono, Noto (OFL).</translation>
  </message>
  <message>
   <source>Made</source>
   <translation>Gemacht</translation>
  </message>
  <message>
   <source>Make</source>
   <translation>Anlegen</translation>
  </message>
  <message>
   <source>Make a new file</source>
   <translation>Eine neue Datei anlegen</translation>
  </message>
  <message>
   <source>Make a recovery code; the one before is then worth nothing</source>
   <translation>Einen Rettungscode machen; der vorige gilt dann nicht mehr</translation>
  </message>
  <message>
   <source>Make a token</source>
   <translation>Token machen</translation>
  </message>
  <message>
   <source>Make handler {script_type}</source>
   <translation>Handler {script_type} machen</translation>
  </message>
  <message>
   <source>Make it a handler</source>
   <translation>Zum Handler machen</translation>
  </message>
  <message>
   <source>Make something of it</source>
   <translation>Etwas daraus machen</translation>
  </message>
  <message>
   <source>Mark all seen</source>
   <translation>Alles gesehen</translation>
  </message>
  <message>
   <source>May</source>
   <translation>Mai</translation>
  </message>
  <message>
   <source>Menu</source>
   <translation>Menü</translation>
  </message>
  <message>
   <source>Menu (F10)</source>
   <translation>Menü (F10)</translation>
  </message>
  <message>
   <source>Menu by touch</source>
   <translation>Menü durch Berühren</translation>
  </message>
  <message>
   <source>Minute, hour, day of the month, month, day of the week: {_CRON_EXAMPLE}</source>
   <translation>Minute, Stunde, Tag des Monats, Monat, Wochentag: {_CRON_EXAMPLE}</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>Move</source>
   <translation>Bewegen</translation>
  </message>
  <message>
   <source>Move along one axis</source>
   <translation>Auf einer Achse bewegen</translation>
  </message>
  <message>
   <source>Move copies</source>
   <translation>Kopien bewegen</translation>
  </message>
  <message>
   <source>Move lines down</source>
   <translation>Zeilen nach unten</translation>
  </message>
  <message>
   <source>Move lines up</source>
   <translation>Zeilen nach oben</translation>
  </message>
  <message>
   <source>Move the canvas</source>
   <translation>Leinwand bewegen</translation>
  </message>
  <message>
   <source>Move the canvas by touch</source>
   <translation>Leinwand durch Berühren bewegen</translation>
  </message>
  <message>
   <source>Move the canvas sideways</source>
   <translation>Leinwand seitwärts bewegen</translation>
  </message>
  <message>
   <source>Move without snapping</source>
   <translation>Ohne Einrasten bewegen</translation>
  </message>
  <message>
   <source>Move {way} by one step</source>
   <translation>Einen Schritt nach {way} bewegen</translation>
  </message>
  <message>
   <source>Move {way} by ten steps</source>
   <translation>Zehn Schritte nach {way} bewegen</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Name of a new client</source>
   <translation>Name eines neuen Programms</translation>
  </message>
  <message>
   <source>Name of the canvas</source>
   <translation>Name der Leinwand</translation>
  </message>
  <message>
   <source>Name of the handler</source>
   <translation>Name des Handlers</translation>
  </message>
  <message>
   <source>Name of the place</source>
   <translation>Name der Stelle</translation>
  </message>
  <message>
   <source>Name, such as my-repo</source>
   <translation>Name, etwa my-repo</translation>
  </message>
  <message>
   <source>Name, such as rss-feed</source>
   <translation>Name, etwa rss-feed</translation>
  </message>
  <message>
   <source>Names</source>
   <translation>Namen</translation>
  </message>
  <message>
   <source>Names that fit</source>
   <translation>Passende Namen</translation>
  </message>
  <message>
   <source>Narrower</source>
   <translation>Schmaler</translation>
  </message>
  <message>
   <source>Neither a picture nor a text: there is nothing to show.</source>
   <translation>Weder Bild noch Text: es gibt nichts zu zeigen.</translation>
  </message>
  <message>
   <source>Network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New canvas</source>
   <translation>Neue Leinwand</translation>
  </message>
  <message>
   <source>New canvas…</source>
   <translation>Neue Leinwand…</translation>
  </message>
  <message>
   <source>New file</source>
   <translation>Neue Datei</translation>
  </message>
  <message>
   <source>New key of: {label}</source>
   <translation>Neue Taste: {label}</translation>
  </message>
  <message>
   <source>New key…</source>
   <translation>Neuer Schlüssel…</translation>
  </message>
  <message>
   <source>New name of the file</source>
   <translation>Neuer Name der Datei</translation>
  </message>
  <message>
   <source>New schedule</source>
   <translation>Neuer Zeitplan</translation>
  </message>
  <message>
   <source>New secret</source>
   <translation>Neues Geheimnis</translation>
  </message>
  <message>
   <source>New token</source>
   <translation>Neues Token</translation>
  </message>
  <message>
   <source>New…</source>
   <translation>Neu…</translation>
  </message>
  <message>
   <source>No attestations yet.</source>
   <translation>Noch keine Attestationen.</translation>
  </message>
  <message>
   <source>No attributes.</source>
   <translation>Keine Attribute.</translation>
  </message>
  <message>
   <source>No canvas has such a name.</source>
   <translation>Keine Leinwand heißt so.</translation>
  </message>
  <message>
   <source>No code sources yet. Add a repository, or a folder of your own.</source>
   <translation>Noch keine Codequellen. Fügen Sie ein Repository hinzu, oder einen eigenen Ordner.</translation>
  </message>
  <message>
   <source>No files yet. Press Sync now to fetch them.</source>
   <translation>Noch keine Dateien. Jetzt abgleichen holt sie.</translation>
  </message>
  <message>
   <source>No files. Drop some here, or press New file.</source>
   <translation>Keine Dateien. Legen Sie welche hier ab, oder drücken Sie Neue Datei.</translation>
  </message>
  <message>
   <source>No glyph is called that.</source>
   <translation>So heißt keine Glyphe.</translation>
  </message>
  <message>
   <source>No handler and no file is in it.</source>
   <translation>Es enthält keinen Handler und keine Datei.</translation>
  </message>
  <message>
   <source>No handler matches “{text}”.</source>
   <translation>Kein Handler passt zu „{text}“.</translation>
  </message>
  <message>
   <source>No handlers are in it.</source>
   <translation>Es enthält keine Handler.</translation>
  </message>
  <message>
   <source>No handlers yet. Run an IX command that nothing knows, then Create handler.</source>
   <translation>Noch keine Handler. Führen Sie einen IX-Befehl aus, den niemand kennt, dann „Handler anlegen“.</translation>
  </message>
  <message>
   <source>No job fits the filters.</source>
   <translation>Kein Auftrag passt zu den Filtern.</translation>
  </message>
  <message>
   <source>No plugins yet. A plugin is a program of its own, in any language, that does jobs: it serves ix commands, runs by schedule, keeps connections open.

Write one in Python: qntx plugin new weather
Add one by its path: press Add, or qntx plugin add PATH
Or put its program into {folder}</source>
   <translation>Noch keine Plugins. Ein Plugin ist ein eigenes Programm in beliebiger Sprache, das Aufträge tut: es bedient ix-Befehle, läuft nach Zeitplan, hält Verbindungen offen.

Eines in Python schreiben: qntx plugin new weather
Eines mit seinem Pfad hinzufügen: Hinzufügen drücken, oder qntx plugin add PATH
Oder sein Programm in {folder} legen</translation>
  </message>
  <message>
   <source>No secrets yet. A handler that declares one gets it by name: qntx.secret("api-token").</source>
   <translation>Noch keine Geheimnisse. Ein Handler, der eines nennt, bekommt es beim Namen: qntx.secret("api-token").</translation>
  </message>
  <message>
   <source>Nobody may use the API yet.</source>
   <translation>Noch darf niemand die API nutzen.</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
  </message>
  <message>
   <source>None needed for public repositories</source>
   <translation>Für öffentliche Repositorys keines nötig</translation>
  </message>
  <message>
   <source>Not confined: a separate process with limits</source>
   <translation>Nicht eingesperrt: ein eigener Prozess mit Grenzen</translation>
  </message>
  <message>
   <source>Not now</source>
   <translation>Nicht jetzt</translation>
  </message>
  <message>
   <source>Not synced yet.</source>
   <translation>Noch nicht abgeglichen.</translation>
  </message>
  <message>
   <source>Note</source>
   <translation>Notiz</translation>
  </message>
  <message>
   <source>Note of what it made and wrote</source>
   <translation>Notiz über das, was er machte und schrieb</translation>
  </message>
  <message>
   <source>Note, {text}</source>
   <translation>Notiz, {text}</translation>
  </message>
  <message>
   <source>Nothing fits.</source>
   <translation>Nichts passt.</translation>
  </message>
  <message>
   <source>Nothing found for “{text}”.</source>
   <translation>Nichts gefunden für „{text}“.</translation>
  </message>
  <message>
   <source>Nothing has run yet. Run an IX command on the canvas, or: qntx ix csv ./people.csv</source>
   <translation>Noch lief nichts. Führen Sie einen IX-Befehl auf der Leinwand aus, oder: qntx ix csv ./people.csv</translation>
  </message>
  <message>
   <source>Nothing is on it yet. Enter opens it.</source>
   <translation>Noch ist nichts darauf. Enter öffnet sie.</translation>
  </message>
  <message>
   <source>Nothing is on the canvas yet. Shift+A adds a glyph.</source>
   <translation>Noch ist nichts auf der Leinwand. Umschalt+A fügt eine Glyphe hinzu.</translation>
  </message>
  <message>
   <source>Nothing is scheduled.</source>
   <translation>Nichts ist geplant.</translation>
  </message>
  <message>
   <source>Nothing knows “{name}” yet.</source>
   <translation>Noch kennt niemand „{name}“.</translation>
  </message>
  <message>
   <source>Nothing of it can be brought back</source>
   <translation>Nichts davon lässt sich zurückholen</translation>
  </message>
  <message>
   <source>Nothing on it.</source>
   <translation>Nichts darauf.</translation>
  </message>
  <message>
   <source>Nothing on the canvas glides or grows; so it is too where the desktop switches animations off</source>
   <translation>Nichts auf der Leinwand gleitet oder wächst; so ist es auch, wo der Desktop Animationen abschaltet</translation>
  </message>
  <message>
   <source>Nothing on this canvas is linked to that failure.</source>
   <translation>Nichts auf dieser Leinwand ist mit diesem Fehler verbunden.</translation>
  </message>
  <message>
   <source>Nothing waits for review.</source>
   <translation>Nichts wartet auf Durchsicht.</translation>
  </message>
  <message>
   <source>Nothing written yet.</source>
   <translation>Noch nichts geschrieben.</translation>
  </message>
  <message>
   <source>Off. Nothing listens.</source>
   <translation>Aus. Nichts lauscht.</translation>
  </message>
  <message>
   <source>On this machine {held}.</source>
   <translation>Auf diesem Rechner {held}.</translation>
  </message>
  <message>
   <source>One finger; on a selected glyph it moves that</source>
   <translation>Ein Finger; auf einer gewählten Glyphe bewegt er diese</translation>
  </message>
  <message>
   <source>One looks like this: {_COMMAND_EXAMPLE}</source>
   <translation>So sieht einer aus: {_COMMAND_EXAMPLE}</translation>
  </message>
  <message>
   <source>One looks like this: {_CRON_EXAMPLE}</source>
   <translation>So sieht eine aus: {_CRON_EXAMPLE}</translation>
  </message>
  <message>
   <source>Only https, or http on this computer. The token is sent to this server only.</source>
   <translation>Nur https, oder http auf diesem Rechner. Das Token geht nur an diesen Server.</translation>
  </message>
  <message>
   <source>Only shown: its ends of lines are mixed, and saving would change them.</source>
   <translation>Nur gezeigt: die Zeilenenden sind gemischt, und Sichern würde sie ändern.</translation>
  </message>
  <message>
   <source>Only the beginning is shown.</source>
   <translation>Nur der Anfang wird gezeigt.</translation>
  </message>
  <message>
   <source>Only {label}; press to show all again</source>
   <translation>Nur {label}; drücken, um wieder alles zu zeigen</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
  </message>
  <message>
   <source>Open QNTX Desktop</source>
   <translation>QNTX Desktop öffnen</translation>
  </message>
  <message>
   <source>Open a worked example</source>
   <translation>Ein fertiges Beispiel öffnen</translation>
  </message>
  <message>
   <source>Open folder</source>
   <translation>Ordner öffnen</translation>
  </message>
  <message>
   <source>Open in a window (Enter)</source>
   <translation>In einem Fenster öffnen (Enter)</translation>
  </message>
  <message>
   <source>Open it again now</source>
   <translation>Jetzt neu öffnen</translation>
  </message>
  <message>
   <source>Open the code on the canvas</source>
   <translation>Code auf der Leinwand öffnen</translation>
  </message>
  <message>
   <source>Open the handler {link}</source>
   <translation>Handler {link} öffnen</translation>
  </message>
  <message>
   <source>Open the whole output</source>
   <translation>Ganze Ausgabe öffnen</translation>
  </message>
  <message>
   <source>Open this canvas (Enter)</source>
   <translation>Diese Leinwand öffnen (Enter)</translation>
  </message>
  <message>
   <source>Opening the store…</source>
   <translation>Der Speicher wird geöffnet…</translation>
  </message>
  <message>
   <source>Other settings</source>
   <translation>Weitere Einstellungen</translation>
  </message>
  <message>
   <source>Other settings, name = value on each line</source>
   <translation>Weitere Einstellungen, je Zeile name = wert</translation>
  </message>
  <message>
   <source>Out of the sub-canvas</source>
   <translation>Aus der inneren Leinwand hinaus</translation>
  </message>
  <message>
   <source>Outcome</source>
   <translation>Ausgang</translation>
  </message>
  <message>
   <source>Outline</source>
   <translation>Gliederung</translation>
  </message>
  <message>
   <source>Output</source>
   <translation>Ausgabe</translation>
  </message>
  <message>
   <source>Overview in the corner</source>
   <translation>Übersicht in der Ecke</translation>
  </message>
  <message>
   <source>Overview of the canvas</source>
   <translation>Übersicht der Leinwand</translation>
  </message>
  <message>
   <source>Partly confined</source>
   <translation>Teilweise eingesperrt</translation>
  </message>
  <message>
   <source>Passphrase</source>
   <translation>Passwort</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
  </message>
  <message>
   <source>Path of a picture, a text or a folder</source>
   <translation>Pfad eines Bildes, Textes oder Ordners</translation>
  </message>
  <message>
   <source>Path of the new file</source>
   <translation>Pfad der neuen Datei</translation>
  </message>
  <message>
   <source>Path, such as lib/feed.py</source>
   <translation>Pfad, etwa lib/feed.py</translation>
  </message>
  <message>
   <source>Path: empty</source>
   <translation>Pfad: leer</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>Picture or file</source>
   <translation>Bild oder Datei</translation>
  </message>
  <message>
   <source>Picture with the canvas in it</source>
   <translation>Bild mit der Leinwand darin</translation>
  </message>
  <message>
   <source>Places</source>
   <translation>Stellen</translation>
  </message>
  <message>
   <source>Plugins</source>
   <translation>Plugins</translation>
  </message>
  <message>
   <source>Plugins…</source>
   <translation>Plugins…</translation>
  </message>
  <message>
   <source>Pointer</source>
   <translation>Zeiger</translation>
  </message>
  <message>
   <source>Port {id}</source>
   <translation>Anschluss {id}</translation>
  </message>
  <message>
   <source>Predicates</source>
   <translation>Prädikate</translation>
  </message>
  <message>
   <source>Press Ctrl while dragging</source>
   <translation>Beim Ziehen Strg drücken</translation>
  </message>
  <message>
   <source>Press a key in the list to give another one. Esc gives up, Backspace takes the key away.</source>
   <translation>Drücken Sie eine Taste der Liste, um eine andere zu geben. Esc bricht ab, die Rücktaste nimmt die Taste weg.</translation>
  </message>
  <message>
   <source>Press the new key of “{label}”. {partition}</source>
   <translation>Drücken Sie die neue Taste für „{label}“. {partition}</translation>
  </message>
  <message>
   <source>Program</source>
   <translation>Programm</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Progress of the new key</source>
   <translation>Fortschritt des neuen Schlüssels</translation>
  </message>
  <message>
   <source>Pull a link out of the port</source>
   <translation>Verbindung aus dem Anschluss ziehen</translation>
  </message>
  <message>
   <source>Pulse</source>
   <translation>Pulse</translation>
  </message>
  <message>
   <source>Pulse panel</source>
   <translation>Pulse</translation>
  </message>
  <message>
   <source>Put a glyph on the canvas that runs this file</source>
   <translation>Eine Glyphe auf die Leinwand legen, die diese Datei ausführt</translation>
  </message>
  <message>
   <source>Put a row on the canvas</source>
   <translation>Zeile auf die Leinwand legen</translation>
  </message>
  <message>
   <source>Put an IX glyph here</source>
   <translation>Legen Sie hier eine IX-Glyphe ab</translation>
  </message>
  <message>
   <source>Put on canvas</source>
   <translation>Auf die Leinwand</translation>
  </message>
  <message>
   <source>Put on the canvas</source>
   <translation>Auf die Leinwand legen</translation>
  </message>
  <message>
   <source>Put the selected rows on the canvas; or drag them there</source>
   <translation>Gewählte Zeilen auf die Leinwand legen; oder dorthin ziehen</translation>
  </message>
  <message>
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <source>Python code</source>
   <translation>Python-Code</translation>
  </message>
  <message>
   <source>Python that reads such attestations</source>
   <translation>Python, das solche Attestationen liest</translation>
  </message>
  <message>
   <source>QNTX Desktop: Pulse goes on</source>
   <translation>QNTX Desktop: Pulse läuft weiter</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Read again</source>
   <translation>Neu lesen</translation>
  </message>
  <message>
   <source>Read all of it (Enter)</source>
   <translation>Alles lesen (Enter)</translation>
  </message>
  <message>
   <source>Read it again</source>
   <translation>Neu lesen</translation>
  </message>
  <message>
   <source>Read the file again and lose what was typed here</source>
   <translation>Die Datei neu lesen und verlieren, was hier getippt wurde</translation>
  </message>
  <message>
   <source>Reading …</source>
   <translation>Wird gelesen …</translation>
  </message>
  <message>
   <source>Really a new key</source>
   <translation>Wirklich ein neuer</translation>
  </message>
  <message>
   <source>Really delete {canvass} for good</source>
   <translation>Wirklich {canvass} endgültig löschen</translation>
  </message>
  <message>
   <source>Really remove</source>
   <translation>Wirklich entfernen</translation>
  </message>
  <message>
   <source>Reason</source>
   <translation>Grund</translation>
  </message>
  <message>
   <source>Recovery code</source>
   <translation>Rettungscode</translation>
  </message>
  <message>
   <source>Recovery code…</source>
   <translation>Rettungscode…</translation>
  </message>
  <message>
   <source>Red</source>
   <translation>Rot</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Refuse every connection of scripts and sources</source>
   <translation>Jede Verbindung von Skripten und Quellen ablehnen</translation>
  </message>
  <message>
   <source>Relative paths start in another folder now.</source>
   <translation>Relative Pfade beginnen jetzt in einem anderen Ordner.</translation>
  </message>
  <message>
   <source>Remote</source>
   <translation>Entfernt</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove it</source>
   <translation>Wirklich entfernen</translation>
  </message>
  <message>
   <source>Remove it with its files</source>
   <translation>Mit ihren Dateien entfernen</translation>
  </message>
  <message>
   <source>Remove schedule</source>
   <translation>Zeitplan entfernen</translation>
  </message>
  <message>
   <source>Remove schedules</source>
   <translation>Zeitpläne entfernen</translation>
  </message>
  <message>
   <source>Remove this source</source>
   <translation>Diese Quelle entfernen</translation>
  </message>
  <message>
   <source>Remove {name}</source>
   <translation>{name} entfernen</translation>
  </message>
  <message>
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Rename glyph</source>
   <translation>Glyphe umbenennen</translation>
  </message>
  <message>
   <source>Rename the canvas</source>
   <translation>Leinwand umbenennen</translation>
  </message>
  <message>
   <source>Rename the canvas…</source>
   <translation>Leinwand umbenennen…</translation>
  </message>
  <message>
   <source>Rename this file</source>
   <translation>Diese Datei umbenennen</translation>
  </message>
  <message>
   <source>Rename…</source>
   <translation>Umbenennen…</translation>
  </message>
  <message>
   <source>Repair its HTTP/2 on the way</source>
   <translation>Sein HTTP/2 unterwegs heilen</translation>
  </message>
  <message>
   <source>Replace</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <source>Replace what somebody else wrote</source>
   <translation>Ersetzen, was jemand anders schrieb</translation>
  </message>
  <message>
   <source>Resize</source>
   <translation>Größe ändern</translation>
  </message>
  <message>
   <source>Resize glyph</source>
   <translation>Glyphengröße ändern</translation>
  </message>
  <message>
   <source>Restart</source>
   <translation>Neu starten</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Restore a version to bring it back.</source>
   <translation>Eine Version wiederherstellen bringt ihn zurück.</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Retire</source>
   <translation>Stilllegen</translation>
  </message>
  <message>
   <source>Retire this handler</source>
   <translation>Diesen Handler stilllegen</translation>
  </message>
  <message>
   <source>Retire {script_type}? Commands of this type will find no handler. Its versions stay and can be restored.</source>
   <translation>{script_type} stilllegen? Befehle dieses Typs finden dann keinen Handler. Die Versionen bleiben und können wiederhergestellt werden.</translation>
  </message>
  <message>
   <source>Retry</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>Review</source>
   <translation>Durchsicht</translation>
  </message>
  <message>
   <source>Revisions on the disk</source>
   <translation>Stände auf der Platte</translation>
  </message>
  <message>
   <source>Revoke</source>
   <translation>Entziehen</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Ausführen</translation>
  </message>
  <message>
   <source>Run (Ctrl+Enter)</source>
   <translation>Ausführen (Strg+Enter)</translation>
  </message>
  <message>
   <source>Run again and again</source>
   <translation>Immer wieder ausführen</translation>
  </message>
  <message>
   <source>Run again and again: {what}</source>
   <translation>Immer wieder ausführen: {what}</translation>
  </message>
  <message>
   <source>Run and wait here</source>
   <translation>Ausführen und hier warten</translation>
  </message>
  <message>
   <source>Run it again (Ctrl+Enter)</source>
   <translation>Noch einmal ausführen (Strg+Enter)</translation>
  </message>
  <message>
   <source>Run it from its own glyph.</source>
   <translation>Führen Sie es von seiner eigenen Glyphe aus.</translation>
  </message>
  <message>
   <source>Run now</source>
   <translation>Jetzt ausführen</translation>
  </message>
  <message>
   <source>Run this plugin</source>
   <translation>Dieses Plugin laufen lassen</translation>
  </message>
  <message>
   <source>Run this plugin no longer</source>
   <translation>Dieses Plugin nicht mehr laufen lassen</translation>
  </message>
  <message>
   <source>Run {command} now</source>
   <translation>{command} jetzt ausführen</translation>
  </message>
  <message>
   <source>Run {id}</source>
   <translation>Lauf {id}</translation>
  </message>
  <message>
   <source>Runs of this glyph</source>
   <translation>Läufe dieser Glyphe</translation>
  </message>
  <message>
   <source>Runs of this schedule</source>
   <translation>Läufe dieses Zeitplans</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save anyway</source>
   <translation>Trotzdem sichern</translation>
  </message>
  <message>
   <source>Save as a new version (Ctrl+S)</source>
   <translation>Als neue Version speichern (Strg+S)</translation>
  </message>
  <message>
   <source>Save as handler</source>
   <translation>Als Handler sichern</translation>
  </message>
  <message>
   <source>Save the code of v{version} as a new version</source>
   <translation>Code von v{version} als neue Version speichern</translation>
  </message>
  <message>
   <source>Save the code there, or choose another name.</source>
   <translation>Sichern Sie den Code dort, oder wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>Save the handler</source>
   <translation>Handler sichern</translation>
  </message>
  <message>
   <source>Saving it here allows it.</source>
   <translation>Das Sichern hier erlaubt es.</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>Zeitplan</translation>
  </message>
  <message>
   <source>Schedule: {schedule_phrase}</source>
   <translation>Zeitplan: {schedule_phrase}</translation>
  </message>
  <message>
   <source>Schedules</source>
   <translation>Zeitpläne</translation>
  </message>
  <message>
   <source>Seal everything with a new key</source>
   <translation>Alles mit einem neuen Schlüssel versiegeln</translation>
  </message>
  <message>
   <source>Sealing everything with a new key…</source>
   <translation>Alles wird mit einem neuen Schlüssel versiegelt…</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search glyphs</source>
   <translation>Glyphen suchen</translation>
  </message>
  <message>
   <source>Search or run a command</source>
   <translation>Suchen oder etwas tun</translation>
  </message>
  <message>
   <source>Search the files</source>
   <translation>Dateien durchsuchen</translation>
  </message>
  <message>
   <source>Searching…</source>
   <translation>Wird gesucht…</translation>
  </message>
  <message>
   <source>Secret of {path}, shown once</source>
   <translation>Geheimnis von {path}, einmal gezeigt</translation>
  </message>
  <message>
   <source>Secrets</source>
   <translation>Geheimnisse</translation>
  </message>
  <message>
   <source>Secrets…</source>
   <translation>Geheimnisse…</translation>
  </message>
  <message>
   <source>See what it asks for</source>
   <translation>Ansehen, was er verlangt</translation>
  </message>
  <message>
   <source>Select</source>
   <translation>Auswählen</translation>
  </message>
  <message>
   <source>Select all</source>
   <translation>Alles auswählen</translation>
  </message>
  <message>
   <source>Select nothing</source>
   <translation>Nichts auswählen</translation>
  </message>
  <message>
   <source>Select several</source>
   <translation>Mehrere auswählen</translation>
  </message>
  <message>
   <source>Select the glyph {where} too</source>
   <translation>Auch die Glyphe {where} auswählen</translation>
  </message>
  <message>
   <source>Select the next match</source>
   <translation>Nächsten Treffer auswählen</translation>
  </message>
  <message>
   <source>Select what the frame holds whole</source>
   <translation>Auswählen, was der Rahmen ganz enthält</translation>
  </message>
  <message>
   <source>Send to back</source>
   <translation>Nach hinten</translation>
  </message>
  <message>
   <source>Send to back:</source>
   <translation>Nach hinten:</translation>
  </message>
  <message>
   <source>Senders sign with the secret or send it as X-Webhook-Secret. From elsewhere you need a tunnel.</source>
   <translation>Absender unterschreiben mit dem Geheimnis oder senden es als X-Webhook-Secret. Von anderswo brauchen Sie einen Tunnel.</translation>
  </message>
  <message>
   <source>Set</source>
   <translation>Setzen</translation>
  </message>
  <message>
   <source>Set a secret</source>
   <translation>Geheimnis setzen</translation>
  </message>
  <message>
   <source>Set {name}</source>
   <translation>{name} setzen</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Settings…</source>
   <translation>Einstellungen…</translation>
  </message>
  <message>
   <source>Shift and click, drag on the background</source>
   <translation>Umschalt und klicken, auf dem Hintergrund ziehen</translation>
  </message>
  <message>
   <source>Shift and wheel</source>
   <translation>Umschalt und Rad</translation>
  </message>
  <message>
   <source>Shift while dragging</source>
   <translation>Umschalt beim Ziehen</translation>
  </message>
  <message>
   <source>Shorter</source>
   <translation>Niedriger</translation>
  </message>
  <message>
   <source>Show all again</source>
   <translation>Wieder alles zeigen</translation>
  </message>
  <message>
   <source>Show all of it (Enter)</source>
   <translation>Alles davon zeigen (Enter)</translation>
  </message>
  <message>
   <source>Show canvases whose name holds this</source>
   <translation>Leinwände zeigen, deren Name dies enthält</translation>
  </message>
  <message>
   <source>Show everything</source>
   <translation>Alles zeigen</translation>
  </message>
  <message>
   <source>Show it (Enter)</source>
   <translation>Zeigen (Enter)</translation>
  </message>
  <message>
   <source>Show line</source>
   <translation>Zeile zeigen</translation>
  </message>
  <message>
   <source>Show line {line}</source>
   <translation>Zeile {line} zeigen</translation>
  </message>
  <message>
   <source>Show or hide the Handlers panel</source>
   <translation>Handlerliste ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show or hide the Pulse panel</source>
   <translation>Pulse ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show or hide the outline of the canvas</source>
   <translation>Gliederung der Leinwand ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Show result</source>
   <translation>Ergebnis zeigen</translation>
  </message>
  <message>
   <source>Show the attestations</source>
   <translation>Attestationen zeigen</translation>
  </message>
  <message>
   <source>Show the failures that nobody has seen</source>
   <translation>Fehler zeigen, die niemand gesehen hat</translation>
  </message>
  <message>
   <source>Show the run that used {name} last</source>
   <translation>Den Lauf zeigen, der {name} zuletzt nutzte</translation>
  </message>
  <message>
   <source>Show the selection</source>
   <translation>Auswahl zeigen</translation>
  </message>
  <message>
   <source>Show what it wrote</source>
   <translation>Zeigen, was er schrieb</translation>
  </message>
  <message>
   <source>Show what the selected revision would change</source>
   <translation>Zeigen, was der gewählte Stand ändern würde</translation>
  </message>
  <message>
   <source>Show {left} older of {left2}</source>
   <translation>{left} ältere von {left2} zeigen</translation>
  </message>
  <message>
   <source>Showing {here} of {total}; more come while you scroll.</source>
   <translation>{here} von {total} gezeigt; mehr kommen beim Blättern.</translation>
  </message>
  <message>
   <source>Since</source>
   <translation>Seit</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Small handlers, and every claim they make, on your own machine.</source>
   <translation>Kleine Handler, und jede Aussage, die sie machen, auf Ihrem eigenen Rechner.</translation>
  </message>
  <message>
   <source>Snapping on or off</source>
   <translation>Einrasten ein oder aus</translation>
  </message>
  <message>
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>Sources</source>
   <translation>Quellen</translation>
  </message>
  <message>
   <source>Space and drag, middle drag, wheel</source>
   <translation>Leertaste und ziehen, mittlere Taste, Rad</translation>
  </message>
  <message>
   <source>Start here</source>
   <translation>Hier beginnen</translation>
  </message>
  <message>
   <source>Start it whatever version of the app it asks for</source>
   <translation>Starten, welche Version der App es auch verlangt</translation>
  </message>
  <message>
   <source>Start with an empty canvas</source>
   <translation>Mit leerer Leinwand beginnen</translation>
  </message>
  <message>
   <source>Started by</source>
   <translation>Gestartet von</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Zustand</translation>
  </message>
  <message>
   <source>Stay</source>
   <translation>Bleiben</translation>
  </message>
  <message>
   <source>Stay with the present revision</source>
   <translation>Beim jetzigen Stand bleiben</translation>
  </message>
  <message>
   <source>Steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Stop (Ctrl+.)</source>
   <translation>Anhalten (Strg+.)</translation>
  </message>
  <message>
   <source>Stop this sync</source>
   <translation>Diesen Abgleich anhalten</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>Wird angehalten …</translation>
  </message>
  <message>
   <source>Stored</source>
   <translation>Gespeichert</translation>
  </message>
  <message>
   <source>Sub-canvas</source>
   <translation>Innere Leinwand</translation>
  </message>
  <message>
   <source>Subjects</source>
   <translation>Subjekte</translation>
  </message>
  <message>
   <source>Sync by itself every</source>
   <translation>Von selbst abgleichen alle</translation>
  </message>
  <message>
   <source>Sync now</source>
   <translation>Jetzt abgleichen</translation>
  </message>
  <message>
   <source>Sync this source now</source>
   <translation>Diese Quelle jetzt abgleichen</translation>
  </message>
  <message>
   <source>Syncs</source>
   <translation>Abgleiche</translation>
  </message>
  <message>
   <source>Take it out of the bin</source>
   <translation>Aus dem Papierkorb holen</translation>
  </message>
  <message>
   <source>Take it out of the bin and open it (Enter)</source>
   <translation>Aus dem Papierkorb holen und öffnen (Enter)</translation>
  </message>
  <message>
   <source>Take the frame away</source>
   <translation>Rahmen wegnehmen</translation>
  </message>
  <message>
   <source>Take the token away</source>
   <translation>Das Token wegnehmen</translation>
  </message>
  <message>
   <source>Take the webhook secret away: anyone who reaches the port may then ask</source>
   <translation>Das Webhook-Geheimnis wegnehmen: dann darf fragen, wer den Port erreicht</translation>
  </message>
  <message>
   <source>Take these files along?</source>
   <translation>Diese Dateien mitnehmen?</translation>
  </message>
  <message>
   <source>Take this back (Ctrl+Z)</source>
   <translation>Das zurücknehmen (Strg+Z)</translation>
  </message>
  <message>
   <source>Take webhooks, each with its own secret</source>
   <translation>Webhooks annehmen, jeder mit eigenem Geheimnis</translation>
  </message>
  <message>
   <source>Take webhooks, with secrets</source>
   <translation>Webhooks annehmen, mit Geheimnissen</translation>
  </message>
  <message>
   <source>Taller</source>
   <translation>Höher</translation>
  </message>
  <message>
   <source>Tap twice</source>
   <translation>Zweimal tippen</translation>
  </message>
  <message>
   <source>Tell the desktop of runs that end while the window is not in front</source>
   <translation>Dem Desktop Läufe melden, die enden, während das Fenster nicht vorn ist</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Text is shown at {percent} % when the window is opened again.</source>
   <translation>Beim nächsten Öffnen wird Text mit {percent} % gezeigt.</translation>
  </message>
  <message>
   <source>The Dask scheduler for handlers that say where = "remote", such as tcp://10.0.0.5:8786</source>
   <translation>Der Dask-Scheduler für Handler, die where = "remote" sagen, etwa tcp://10.0.0.5:8786</translation>
  </message>
  <message>
   <source>The app sends nothing anywhere; scripts reach only the hosts that they name.</source>
   <translation>Die App sendet nichts; Skripte erreichen nur die Rechner, die sie nennen.</translation>
  </message>
  <message>
   <source>The bin is empty. A canvas that is deleted waits here.</source>
   <translation>Der Papierkorb ist leer. Eine gelöschte Leinwand wartet hier.</translation>
  </message>
  <message>
   <source>The canvas is exported with {handlers} and {files}.</source>
   <translation>Die Leinwand ist exportiert, mit: {handlers}, {files}.</translation>
  </message>
  <message>
   <source>The canvas is exported.</source>
   <translation>Die Leinwand ist exportiert.</translation>
  </message>
  <message>
   <source>The changed keys are in {path}.</source>
   <translation>Die geänderten Tasten stehen in {path}.</translation>
  </message>
  <message>
   <source>The code</source>
   <translation>Der Code</translation>
  </message>
  <message>
   <source>The code of both versions is the same.</source>
   <translation>Der Code beider Versionen ist gleich.</translation>
  </message>
  <message>
   <source>The code that failed is not on this canvas.</source>
   <translation>Der Code, der fehlschlug, ist nicht auf dieser Leinwand.</translation>
  </message>
  <message>
   <source>The file holds no glyphs.</source>
   <translation>Die Datei enthält keine Glyphen.</translation>
  </message>
  <message>
   <source>The file is empty.</source>
   <translation>Die Datei ist leer.</translation>
  </message>
  <message>
   <source>The first {MOST_CHARS} of {text} characters are shown.</source>
   <translation>Die ersten {MOST_CHARS} von {text} Zeichen werden gezeigt.</translation>
  </message>
  <message>
   <source>The first {MOST_SHOWN} of {shown}; search finds the rest.</source>
   <translation>Die ersten {MOST_SHOWN} von {shown}; die Suche findet den Rest.</translation>
  </message>
  <message>
   <source>The folder is empty.</source>
   <translation>Der Ordner ist leer.</translation>
  </message>
  <message>
   <source>The handler of “{name}” is retired.</source>
   <translation>Der Handler für „{name}“ ist stillgelegt.</translation>
  </message>
  <message>
   <source>The key is back, {where}.</source>
   <translation>Der Schlüssel ist zurück, {where}.</translation>
  </message>
  <message>
   <source>The keys of the file are taken.</source>
   <translation>Die Tasten der Datei gelten jetzt.</translation>
  </message>
  <message>
   <source>The language of the window; counts when the window is opened again</source>
   <translation>Die Sprache des Fensters; gilt beim nächsten Öffnen des Fensters</translation>
  </message>
  <message>
   <source>The last changes are not saved, so nothing was done.</source>
   <translation>Die letzten Änderungen sind nicht gesichert, darum geschah nichts.</translation>
  </message>
  <message>
   <source>The last changes are not saved, so this canvas stays open.</source>
   <translation>Die letzten Änderungen sind nicht gesichert, darum bleibt diese Leinwand offen.</translation>
  </message>
  <message>
   <source>The last changes are not saved.</source>
   <translation>Die letzten Änderungen sind nicht gesichert.</translation>
  </message>
  <message>
   <source>The last run stopped here.</source>
   <translation>Der letzte Lauf hielt hier an.</translation>
  </message>
  <message>
   <source>The new key was not finished: {get}</source>
   <translation>Der neue Schlüssel wurde nicht fertig: {get}</translation>
  </message>
  <message>
   <source>The old one ends: sure?</source>
   <translation>Das alte endet: sicher?</translation>
  </message>
  <message>
   <source>The packages of {name} are here.</source>
   <translation>Die Pakete von {name} sind da.</translation>
  </message>
  <message>
   <source>The passphrase is used until QNTX Desktop is closed.</source>
   <translation>Das Passwort gilt, bis QNTX Desktop geschlossen wird.</translation>
  </message>
  <message>
   <source>The picture is broken: it cannot be shown.</source>
   <translation>Das Bild ist kaputt und lässt sich nicht zeigen.</translation>
  </message>
  <message>
   <source>The picture is larger than {MOST_PICTURE_BYTES}, too large to show.</source>
   <translation>Das Bild ist größer als {MOST_PICTURE_BYTES}, zu groß zum Zeigen.</translation>
  </message>
  <message>
   <source>The place is forgotten.</source>
   <translation>Die Stelle ist vergessen.</translation>
  </message>
  <message>
   <source>The program of a plugin</source>
   <translation>Das Programm eines Plugins</translation>
  </message>
  <message>
   <source>The schedule is removed</source>
   <translation>Der Zeitplan ist entfernt</translation>
  </message>
  <message>
   <source>The schedules are removed</source>
   <translation>Die Zeitpläne sind entfernt</translation>
  </message>
  <message>
   <source>The secret may come in the address, as ?secret=, where logs may keep it</source>
   <translation>Das Geheimnis darf in der Adresse kommen, als ?secret=, wo Protokolle es behalten können</translation>
  </message>
  <message>
   <source>The settings of {name} are not kept. Keep them first, or give them up.</source>
   <translation>Die Einstellungen von {name} sind nicht behalten. Erst behalten, oder verwerfen.</translation>
  </message>
  <message>
   <source>The settings of {name} are not kept. Keep them, or lose what was typed.</source>
   <translation>Die Einstellungen von {name} sind nicht behalten. Behalten, oder Getipptes verlieren.</translation>
  </message>
  <message>
   <source>The sync failed.</source>
   <translation>Der Abgleich schlug fehl.</translation>
  </message>
  <message>
   <source>The window speaks this language when it is opened again.</source>
   <translation>Beim nächsten Öffnen spricht das Fenster diese Sprache.</translation>
  </message>
  <message>
   <source>Their key is sealed under a passphrase.</source>
   <translation>Ihr Schlüssel ist mit einem Passwort versiegelt.</translation>
  </message>
  <message>
   <source>Their key lies in the keyring of this computer.</source>
   <translation>Ihr Schlüssel liegt im Schlüsselbund dieses Rechners.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>There are no webhooks yet. Those of code sources show here when they are switched on.</source>
   <translation>Noch keine Webhooks. Die von Codequellen erscheinen hier, wenn sie angeschaltet sind.</translation>
  </message>
  <message>
   <source>There is no key yet: it is made with the first secret.</source>
   <translation>Noch kein Schlüssel: er entsteht mit dem ersten Geheimnis.</translation>
  </message>
  <message>
   <source>There is no name at the cursor.</source>
   <translation>Am Cursor steht kein Name.</translation>
  </message>
  <message>
   <source>There is nothing to show.</source>
   <translation>Es gibt nichts zu zeigen.</translation>
  </message>
  <message>
   <source>They are in Pulse.</source>
   <translation>Sie sind in Pulse.</translation>
  </message>
  <message>
   <source>This glyph is not on the canvas any more.</source>
   <translation>Diese Glyphe ist nicht mehr auf der Leinwand.</translation>
  </message>
  <message>
   <source>This glyph is on no canvas any more.</source>
   <translation>Diese Glyphe ist auf keiner Leinwand mehr.</translation>
  </message>
  <message>
   <source>This run has not begun yet.</source>
   <translation>Dieser Lauf hat noch nicht begonnen.</translation>
  </message>
  <message>
   <source>This run is not in the store.</source>
   <translation>Dieser Lauf ist nicht im Speicher.</translation>
  </message>
  <message>
   <source>This run is not kept any more.</source>
   <translation>Dieser Lauf wird nicht mehr aufbewahrt.</translation>
  </message>
  <message>
   <source>This run made no attestations.</source>
   <translation>Dieser Lauf machte keine Attestationen.</translation>
  </message>
  <message>
   <source>This run wrote nothing.</source>
   <translation>Dieser Lauf schrieb nichts.</translation>
  </message>
  <message>
   <source>This version does not know it. It is kept as it is.</source>
   <translation>Diese Version kennt das nicht. Es bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Tick</source>
   <translation>Abhaken</translation>
  </message>
  <message>
   <source>Tick {words}</source>
   <translation>Abhaken: {words}</translation>
  </message>
  <message>
   <source>Tidy up</source>
   <translation>Aufräumen</translation>
  </message>
  <message>
   <source>Time zone</source>
   <translation>Zeitzone</translation>
  </message>
  <message>
   <source>Time zone of the cron line</source>
   <translation>Zeitzone der Cron-Zeile</translation>
  </message>
  <message>
   <source>Title</source>
   <translation>Titel</translation>
  </message>
  <message>
   <source>To the next part of the window</source>
   <translation>Zum nächsten Teil des Fensters</translation>
  </message>
  <message>
   <source>To the part before</source>
   <translation>Zum Teil davor</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>Token of {name}, shown once</source>
   <translation>Token von {name}, einmal gezeigt</translation>
  </message>
  <message>
   <source>Tokens</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>Took</source>
   <translation>Dauer</translation>
  </message>
  <message>
   <source>Took, or why not</source>
   <translation>Dauer, oder warum nicht</translation>
  </message>
  <message>
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Try again when they are.</source>
   <translation>Versuchen Sie es wieder, wenn sie es sind.</translation>
  </message>
  <message>
   <source>Try the address and list branches and tags</source>
   <translation>Adresse ausprobieren, Zweige und Marken auflisten</translation>
  </message>
  <message>
   <source>Two fingers</source>
   <translation>Zwei Finger</translation>
  </message>
  <message>
   <source>Type</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Type of job</source>
   <translation>Art des Auftrags</translation>
  </message>
  <message>
   <source>Type what to find.</source>
   <translation>Schreiben Sie, was gesucht wird.</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Unfold</source>
   <translation>Ausklappen</translation>
  </message>
  <message>
   <source>Ungroup</source>
   <translation>Gruppierung aufheben</translation>
  </message>
  <message>
   <source>Unit of the interval</source>
   <translation>Einheit des Abstands</translation>
  </message>
  <message>
   <source>Unknown</source>
   <translation>Unbekannt</translation>
  </message>
  <message>
   <source>Unlock</source>
   <translation>Entsperren</translation>
  </message>
  <message>
   <source>Untick {words}</source>
   <translation>Haken wegnehmen: {words}</translation>
  </message>
  <message>
   <source>Until now it runs: {command}</source>
   <translation>Bisher läuft: {command}</translation>
  </message>
  <message>
   <source>Use passphrase</source>
   <translation>Passwort nutzen</translation>
  </message>
  <message>
   <source>Usual</source>
   <translation>Üblich</translation>
  </message>
  <message>
   <source>Usual key of: {label}</source>
   <translation>Übliche Taste: {label}</translation>
  </message>
  <message>
   <source>Usual keys everywhere</source>
   <translation>Überall die üblichen Tasten</translation>
  </message>
  <message>
   <source>Value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>Violet</source>
   <translation>Violett</translation>
  </message>
  <message>
   <source>Waiting for its turn.</source>
   <translation>Wartet, bis er an der Reihe ist.</translation>
  </message>
  <message>
   <source>Waits for its turn.</source>
   <translation>Wartet, bis sie an der Reihe ist.</translation>
  </message>
  <message>
   <source>Web pages that may use the API with a token, such as http://localhost:3000</source>
   <translation>Webseiten, die die API mit einem Token nutzen dürfen, etwa http://localhost:3000</translation>
  </message>
  <message>
   <source>Webhook secret</source>
   <translation>Webhook-Geheimnis</translation>
  </message>
  <message>
   <source>Webhooks</source>
   <translation>Webhooks</translation>
  </message>
  <message>
   <source>Webhooks may ask for a sync{open_to}.</source>
   <translation>Webhooks dürfen einen Abgleich verlangen{open_to}.</translation>
  </message>
  <message>
   <source>What becomes of a job whose plugin does not run</source>
   <translation>Was aus einem Auftrag wird, dessen Plugin nicht läuft</translation>
  </message>
  <message>
   <source>What it begins with</source>
   <translation>Womit sie beginnt</translation>
  </message>
  <message>
   <source>What it does</source>
   <translation>Was er tut</translation>
  </message>
  <message>
   <source>What lies inside of the copied cards is too much to carry to another home.</source>
   <translation>In den kopierten Karten liegt zu viel, um es in einen anderen Ordner der App mitzunehmen.</translation>
  </message>
  <message>
   <source>What the sync did</source>
   <translation>Was der Abgleich tat</translation>
  </message>
  <message>
   <source>What the wheel does on the canvas; with Ctrl it always zooms</source>
   <translation>Was das Rad auf der Leinwand tut; mit Strg vergrößert es immer</translation>
  </message>
  <message>
   <source>What to do, or where to go</source>
   <translation>Was ist zu tun, oder wohin?</translation>
  </message>
  <message>
   <source>What to do…</source>
   <translation>Was ist zu tun…</translation>
  </message>
  <message>
   <source>What to follow</source>
   <translation>Was verfolgt wird</translation>
  </message>
  <message>
   <source>What to search</source>
   <translation>Was durchsucht wird</translation>
  </message>
  <message>
   <source>What was missed</source>
   <translation>Verpasstes</translation>
  </message>
  <message>
   <source>What was missed gets</source>
   <translation>Verpasstes bekommt</translation>
  </message>
  <message>
   <source>What was pasted</source>
   <translation>Das Eingefügte</translation>
  </message>
  <message>
   <source>When</source>
   <translation>Wann</translation>
  </message>
  <message>
   <source>Where does the code come from?</source>
   <translation>Woher kommt der Code?</translation>
  </message>
  <message>
   <source>Where on 127.0.0.1 both listen; 0: any free port</source>
   <translation>Wo auf 127.0.0.1 beide lauschen; 0: irgendein freier Port</translation>
  </message>
  <message>
   <source>Which program?</source>
   <translation>Welches Programm?</translation>
  </message>
  <message>
   <source>Wider</source>
   <translation>Breiter</translation>
  </message>
  <message>
   <source>Window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>With its deliveries: sure?</source>
   <translation>Mit Zustellungen: sicher?</translation>
  </message>
  <message>
   <source>Without a name it gets one that is free.</source>
   <translation>Ohne Namen bekommt sie einen, der frei ist.</translation>
  </message>
  <message>
   <source>Worked example</source>
   <translation>Fertiges Beispiel</translation>
  </message>
  <message>
   <source>Write Markdown: # heading, **bold**
- [ ] to do</source>
   <translation>Markdown schreiben: # Titel, **fett**
- [ ] zu tun</translation>
  </message>
  <message>
   <source>Write this recovery code down and keep it apart from this computer. It is shown once; a code from before is worth nothing now.</source>
   <translation>Schreiben Sie diesen Rettungscode auf und bewahren Sie ihn getrennt von diesem Rechner auf. Er wird einmal gezeigt; ein früherer Code gilt nicht mehr.</translation>
  </message>
  <message>
   <source>Your own files, in {folder}</source>
   <translation>Eigene Dateien, in {folder}</translation>
  </message>
  <message>
   <source>Zoom at the pointer</source>
   <translation>Am Zeiger vergrößern</translation>
  </message>
  <message>
   <source>Zoom by touch</source>
   <translation>Durch Berühren vergrößern</translation>
  </message>
  <message>
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <source>Zoom is {part} %, go to 100 %</source>
   <translation>Vergrößerung ist {part} %, zu 100 % gehen</translation>
  </message>
  <message>
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <source>Zoom to 100 %</source>
   <translation>Auf 100 % gehen</translation>
  </message>
  <message>
   <source>a branch</source>
   <translation>ein Zweig</translation>
  </message>
  <message>
   <source>a bundle that was imported</source>
   <translation>einem importierten Bündel</translation>
  </message>
  <message>
   <source>a canvas that was imported</source>
   <translation>einer importierten Leinwand</translation>
  </message>
  <message>
   <source>a code source</source>
   <translation>einer Codequelle</translation>
  </message>
  <message>
   <source>a command</source>
   <translation>ein Befehl</translation>
  </message>
  <message>
   <source>a folder of my own</source>
   <translation>ein eigener Ordner</translation>
  </message>
  <message>
   <source>a git repository</source>
   <translation>ein Git-Repository</translation>
  </message>
  <message>
   <source>a plugin</source>
   <translation>einem Plugin</translation>
  </message>
  <message>
   <source>a program that used the API</source>
   <translation>einem Programm, das die API nutzte</translation>
  </message>
  <message>
   <source>a run for each, at most 100</source>
   <translation>je ein Lauf, höchstens 100</translation>
  </message>
  <message>
   <source>a tag</source>
   <translation>eine Marke</translation>
  </message>
  <message>
   <source>about</source>
   <translation>über</translation>
  </message>
  <message>
   <source>above</source>
   <translation>darüber</translation>
  </message>
  <message>
   <source>accepted</source>
   <translation>übernommen</translation>
  </message>
  <message>
   <source>actor</source>
   <translation>Akteur</translation>
  </message>
  <message>
   <source>all local</source>
   <translation>alles lokal</translation>
  </message>
  <message>
   <source>and</source>
   <translation>und</translation>
  </message>
  <message>
   <source>any host</source>
   <translation>jedem Rechner</translation>
  </message>
  <message>
   <source>as usual: {usual}</source>
   <translation>wie üblich: {usual}</translation>
  </message>
  <message>
   <source>asks for more than every handler may</source>
   <translation>verlangt mehr, als jeder Handler darf</translation>
  </message>
  <message>
   <source>asks for nothing more</source>
   <translation>verlangt nichts weiter</translation>
  </message>
  <message>
   <source>at intervals</source>
   <translation>in Abständen</translation>
  </message>
  <message>
   <source>at least {minimum}</source>
   <translation>mindestens {minimum}</translation>
  </message>
  <message>
   <source>at minute {numbers}</source>
   <translation>zur Minute {numbers}</translation>
  </message>
  <message>
   <source>at minute {numbers} of every hour</source>
   <translation>zur Minute {numbers} jeder Stunde</translation>
  </message>
  <message>
   <source>at most {maximum}</source>
   <translation>höchstens {maximum}</translation>
  </message>
  <message>
   <source>at {times}</source>
   <translation>um {times}</translation>
  </message>
  <message>
   <source>attempt {attempt}</source>
   <translation>Versuch {attempt}</translation>
  </message>
  <message>
   <source>attestation</source>
   <translation>Attestation</translation>
  </message>
  <message>
   <source>attestations</source>
   <translation>Attestationen</translation>
  </message>
  <message>
   <source>be told the secret {}</source>
   <translation>das Geheimnis {} erfahren</translation>
  </message>
  <message>
   <source>before February 2026</source>
   <translation>alter (vor Februar 2026)</translation>
  </message>
  <message>
   <source>began {run_time}</source>
   <translation>begann {run_time}</translation>
  </message>
  <message>
   <source>below</source>
   <translation>darunter</translation>
  </message>
  <message>
   <source>branch</source>
   <translation>Zweig</translation>
  </message>
  <message>
   <source>branches</source>
   <translation>Zweige</translation>
  </message>
  <message>
   <source>built in</source>
   <translation>eingebaut</translation>
  </message>
  <message>
   <source>built-in</source>
   <translation>eingebaut</translation>
  </message>
  <message>
   <source>by</source>
   <translation>durch</translation>
  </message>
  <message>
   <source>by a cron line</source>
   <translation>nach einer Cron-Zeile</translation>
  </message>
  <message>
   <source>by hand</source>
   <translation>von Hand</translation>
  </message>
  <message>
   <source>by {author}</source>
   <translation>von {author}</translation>
  </message>
  <message>
   <source>byte</source>
   <translation>Byte</translation>
  </message>
  <message>
   <source>bytes</source>
   <translation>Byte</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>cancelled · {at}</source>
   <translation>abgebrochen · {at}</translation>
  </message>
  <message>
   <source>cannot be read</source>
   <translation>nicht lesbar</translation>
  </message>
  <message>
   <source>cannot be shown</source>
   <translation>nicht zu zeigen</translation>
  </message>
  <message>
   <source>canvas</source>
   <translation>Leinwand</translation>
  </message>
  <message>
   <source>canvases</source>
   <translation>Leinwände</translation>
  </message>
  <message>
   <source>character</source>
   <translation>Zeichen</translation>
  </message>
  <message>
   <source>characters</source>
   <translation>Zeichen</translation>
  </message>
  <message>
   <source>click to place</source>
   <translation>klicken zum Ablegen</translation>
  </message>
  <message>
   <source>closed: the source is disabled</source>
   <translation>zu: die Quelle ist abgeschaltet</translation>
  </message>
  <message>
   <source>command line</source>
   <translation>Kommandozeile</translation>
  </message>
  <message>
   <source>commit</source>
   <translation>Commit</translation>
  </message>
  <message>
   <source>compared with the one in use</source>
   <translation>verglichen mit dem benutzten</translation>
  </message>
  <message>
   <source>completed</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>confined</source>
   <translation>eingesperrt</translation>
  </message>
  <message>
   <source>connect to {}</source>
   <translation>Verbindung zu {}</translation>
  </message>
  <message>
   <source>connection</source>
   <translation>Verbindung</translation>
  </message>
  <message>
   <source>connections</source>
   <translation>Verbindungen</translation>
  </message>
  <message>
   <source>context</source>
   <translation>Kontext</translation>
  </message>
  <message>
   <source>contrast</source>
   <translation>Kontrast</translation>
  </message>
  <message>
   <source>cost {cost}</source>
   <translation>Kosten {cost}</translation>
  </message>
  <message>
   <source>dark</source>
   <translation>dunkel</translation>
  </message>
  <message>
   <source>days</source>
   <translation>Tage</translation>
  </message>
  <message>
   <source>deleted {deleted_at_us}</source>
   <translation>gelöscht {deleted_at_us}</translation>
  </message>
  <message>
   <source>disabled</source>
   <translation>abgeschaltet</translation>
  </message>
  <message>
   <source>disk full</source>
   <translation>Platte voll</translation>
  </message>
  <message>
   <source>does job {retry_of} again</source>
   <translation>wiederholt Auftrag {retry_of}</translation>
  </message>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>down</source>
   <translation>unten</translation>
  </message>
  <message>
   <source>drop to choose</source>
   <translation>loslassen zum Wählen</translation>
  </message>
  <message>
   <source>drop to create</source>
   <translation>loslassen zum Anlegen</translation>
  </message>
  <message>
   <source>earlier</source>
   <translation>früher</translation>
  </message>
  <message>
   <source>elsewhere</source>
   <translation>anderer Stelle</translation>
  </message>
  <message>
   <source>empty</source>
   <translation>leer</translation>
  </message>
  <message>
   <source>error</source>
   <translation>Fehler</translation>
  </message>
  <message>
   <source>every day</source>
   <translation>jeden Tag</translation>
  </message>
  <message>
   <source>every hour</source>
   <translation>jede Stunde</translation>
  </message>
  <message>
   <source>every hour on the hour</source>
   <translation>zu jeder vollen Stunde</translation>
  </message>
  <message>
   <source>every minute</source>
   <translation>jede Minute</translation>
  </message>
  <message>
   <source>every second</source>
   <translation>jede Sekunde</translation>
  </message>
  <message>
   <source>every {number} days</source>
   <translation>alle {number} Tage</translation>
  </message>
  <message>
   <source>every {number} hours</source>
   <translation>alle {number} Stunden</translation>
  </message>
  <message>
   <source>every {number} minutes</source>
   <translation>alle {number} Minuten</translation>
  </message>
  <message>
   <source>every {number} seconds</source>
   <translation>alle {number} Sekunden</translation>
  </message>
  <message>
   <source>every {number}.</source>
   <translation>jeder {number}.</translation>
  </message>
  <message>
   <source>every {time}</source>
   <translation>alle {time}</translation>
  </message>
  <message>
   <source>exit code {exit_code}</source>
   <translation>Rückgabewert {exit_code}</translation>
  </message>
  <message>
   <source>exit {exit_code}</source>
   <translation>Ende {exit_code}</translation>
  </message>
  <message>
   <source>fail</source>
   <translation>fehlschlagen</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>fehlgeschlagen</translation>
  </message>
  <message>
   <source>failed · line {line}</source>
   <translation>fehlgeschlagen · Zeile {line}</translation>
  </message>
  <message>
   <source>file</source>
   <translation>Datei</translation>
  </message>
  <message>
   <source>files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>files: {join}{more}</source>
   <translation>Dateien: {join}{more}</translation>
  </message>
  <message>
   <source>for new {join}</source>
   <translation>für neue {join}</translation>
  </message>
  <message>
   <source>for this session only</source>
   <translation>nur für diese Sitzung</translation>
  </message>
  <message>
   <source>for {join}</source>
   <translation>für {join}</translation>
  </message>
  <message>
   <source>from</source>
   <translation>von</translation>
  </message>
  <message>
   <source>from {first} to {last}</source>
   <translation>von {first} bis {last}</translation>
  </message>
  <message>
   <source>glyph</source>
   <translation>Glyphe</translation>
  </message>
  <message>
   <source>glyphs</source>
   <translation>Glyphen</translation>
  </message>
  <message>
   <source>handler</source>
   <translation>Handler</translation>
  </message>
  <message>
   <source>handler, unless the name</source>
   <translation>Handler, wenn nicht der Name</translation>
  </message>
  <message>
   <source>handlers</source>
   <translation>Handler</translation>
  </message>
  <message>
   <source>handlers {level}</source>
   <translation>Handler {level}</translation>
  </message>
  <message>
   <source>handles</source>
   <translation>bedient</translation>
  </message>
  <message>
   <source>has {length} characters; a note takes {most}</source>
   <translation>hat {length} Zeichen; eine Notiz fasst {most}</translation>
  </message>
  <message>
   <source>here, not remotely: {reason}</source>
   <translation>hier, nicht auf dem Verbund: {reason}</translation>
  </message>
  <message>
   <source>hours</source>
   <translation>Stunden</translation>
  </message>
  <message>
   <source>if it is</source>
   <translation>sofern</translation>
  </message>
  <message>
   <source>imported</source>
   <translation>importiert</translation>
  </message>
  <message>
   <source>in the bin</source>
   <translation>im Papierkorb</translation>
  </message>
  <message>
   <source>in the hours {numbers}</source>
   <translation>in den Stunden {numbers}</translation>
  </message>
  <message>
   <source>in the keyring</source>
   <translation>im Schlüsselbund</translation>
  </message>
  <message>
   <source>in the plugins folder</source>
   <translation>im Ordner der Plugins</translation>
  </message>
  <message>
   <source>in use</source>
   <translation>benutzt</translation>
  </message>
  <message>
   <source>in {months}</source>
   <translation>im {months}</translation>
  </message>
  <message>
   <source>in {time}</source>
   <translation>in {time}</translation>
  </message>
  <message>
   <source>ingest</source>
   <translation>einlesen</translation>
  </message>
  <message>
   <source>interrupted</source>
   <translation>unterbrochen</translation>
  </message>
  <message>
   <source>interrupted twice</source>
   <translation>zweimal unterbrochen</translation>
  </message>
  <message>
   <source>interrupted · {at}</source>
   <translation>unterbrochen · {at}</translation>
  </message>
  <message>
   <source>interval</source>
   <translation>Abstand</translation>
  </message>
  <message>
   <source>is</source>
   <translation>ist</translation>
  </message>
  <message>
   <source>it had its run later</source>
   <translation>der Lauf kam später</translation>
  </message>
  <message>
   <source>it is confined</source>
   <translation>ist er eingesperrt</translation>
  </message>
  <message>
   <source>it is not confined</source>
   <translation>ist er nicht eingesperrt</translation>
  </message>
  <message>
   <source>it is only partly confined</source>
   <translation>ist er nur teilweise eingesperrt</translation>
  </message>
  <message>
   <source>its run comes later</source>
   <translation>der Lauf kommt später</translation>
  </message>
  <message>
   <source>job</source>
   <translation>Auftrag</translation>
  </message>
  <message>
   <source>job {name}/{name2}</source>
   <translation>Auftrag {name}/{name2}</translation>
  </message>
  <message>
   <source>jobs</source>
   <translation>Aufträge</translation>
  </message>
  <message>
   <source>jobs run in another process</source>
   <translation>Aufträge laufen in einem anderen Prozess</translation>
  </message>
  <message>
   <source>keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <source>killed</source>
   <translation>abgeschossen</translation>
  </message>
  <message>
   <source>last day</source>
   <translation>letzten Tag</translation>
  </message>
  <message>
   <source>last weekday</source>
   <translation>letzten Werktag</translation>
  </message>
  <message>
   <source>left</source>
   <translation>links</translation>
  </message>
  <message>
   <source>let go to place</source>
   <translation>loslassen zum Ablegen</translation>
  </message>
  <message>
   <source>light</source>
   <translation>hell</translation>
  </message>
  <message>
   <source>limit reached</source>
   <translation>Grenze erreicht</translation>
  </message>
  <message>
   <source>line</source>
   <translation>Zeile</translation>
  </message>
  <message>
   <source>line {line}</source>
   <translation>Zeile {line}</translation>
  </message>
  <message>
   <source>line {line}, column {column}</source>
   <translation>Zeile {line}, Spalte {column}</translation>
  </message>
  <message>
   <source>lines</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <source>live</source>
   <translation>gilt</translation>
  </message>
  <message>
   <source>locked</source>
   <translation>gesperrt</translation>
  </message>
  <message>
   <source>log</source>
   <translation>Protokoll</translation>
  </message>
  <message>
   <source>looks like {pattern}</source>
   <translation>sieht aus wie {pattern}</translation>
  </message>
  <message>
   <source>made by hand</source>
   <translation>von Hand gemacht</translation>
  </message>
  <message>
   <source>made {run_time}</source>
   <translation>angelegt {run_time}</translation>
  </message>
  <message>
   <source>manual</source>
   <translation>eigene</translation>
  </message>
  <message>
   <source>meld</source>
   <translation>Verschmelzung</translation>
  </message>
  <message>
   <source>minutes</source>
   <translation>Minuten</translation>
  </message>
  <message>
   <source>more connection</source>
   <translation>weitere Verbindung</translation>
  </message>
  <message>
   <source>more connections</source>
   <translation>weitere Verbindungen</translation>
  </message>
  <message>
   <source>more line</source>
   <translation>weitere Zeile</translation>
  </message>
  <message>
   <source>more lines</source>
   <translation>weitere Zeilen</translation>
  </message>
  <message>
   <source>more than </source>
   <translation>mehr als </translation>
  </message>
  <message>
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>name in the address</source>
   <translation>Name in der Adresse</translation>
  </message>
  <message>
   <source>name of a client, such as dashboard</source>
   <translation>Name eines Programms, etwa dashboard</translation>
  </message>
  <message>
   <source>names</source>
   <translation>Namen</translation>
  </message>
  <message>
   <source>needed</source>
   <translation>nötig</translation>
  </message>
  <message>
   <source>network</source>
   <translation>Netz</translation>
  </message>
  <message>
   <source>never</source>
   <translation>nie</translation>
  </message>
  <message>
   <source>never again</source>
   <translation>nie wieder</translation>
  </message>
  <message>
   <source>never run</source>
   <translation>nie gelaufen</translation>
  </message>
  <message>
   <source>never synced</source>
   <translation>nie abgeglichen</translation>
  </message>
  <message>
   <source>new files</source>
   <translation>neue Dateien</translation>
  </message>
  <message>
   <source>newer store</source>
   <translation>neuerer Speicher</translation>
  </message>
  <message>
   <source>next</source>
   <translation>nächste</translation>
  </message>
  <message>
   <source>next {min}</source>
   <translation>nächster {min}</translation>
  </message>
  <message>
   <source>next {next_run_at_us}</source>
   <translation>nächster {next_run_at_us}</translation>
  </message>
  <message>
   <source>next {next_words}</source>
   <translation>nächster {next_words}</translation>
  </message>
  <message>
   <source>no code</source>
   <translation>ohne Code</translation>
  </message>
  <message>
   <source>no files</source>
   <translation>keine Dateien</translation>
  </message>
  <message>
   <source>no handler</source>
   <translation>kein Handler</translation>
  </message>
  <message>
   <source>no key</source>
   <translation>keine Taste</translation>
  </message>
  <message>
   <source>no more runs</source>
   <translation>keine Läufe mehr</translation>
  </message>
  <message>
   <source>no number</source>
   <translation>ohne Nummer</translation>
  </message>
  <message>
   <source>no problems</source>
   <translation>keine Probleme</translation>
  </message>
  <message>
   <source>no runs</source>
   <translation>keine Läufe</translation>
  </message>
  <message>
   <source>none</source>
   <translation>keine</translation>
  </message>
  <message>
   <source>not a command</source>
   <translation>kein Befehl</translation>
  </message>
  <message>
   <source>not a type</source>
   <translation>kein Typ</translation>
  </message>
  <message>
   <source>not added</source>
   <translation>nicht hinzugefügt</translation>
  </message>
  <message>
   <source>not allowed</source>
   <translation>nicht erlaubt</translation>
  </message>
  <message>
   <source>not confined</source>
   <translation>nicht eingesperrt</translation>
  </message>
  <message>
   <source>not found</source>
   <translation>nicht gefunden</translation>
  </message>
  <message>
   <source>not opened yet</source>
   <translation>noch nicht geöffnet</translation>
  </message>
  <message>
   <source>not saved</source>
   <translation>nicht gespeichert</translation>
  </message>
  <message>
   <source>not set</source>
   <translation>nicht gesetzt</translation>
  </message>
  <message>
   <source>not synced</source>
   <translation>nicht abgeglichen</translation>
  </message>
  <message>
   <source>nothing</source>
   <translation>nichts</translation>
  </message>
  <message>
   <source>nothing new</source>
   <translation>nichts Neues</translation>
  </message>
  <message>
   <source>nothing runs</source>
   <translation>nichts läuft</translation>
  </message>
  <message>
   <source>now</source>
   <translation>jetzt</translation>
  </message>
  <message>
   <source>of</source>
   <translation>in</translation>
  </message>
  <message>
   <source>off</source>
   <translation>aus</translation>
  </message>
  <message>
   <source>offline</source>
   <translation>offline</translation>
  </message>
  <message>
   <source>on</source>
   <translation>an</translation>
  </message>
  <message>
   <source>on the hour</source>
   <translation>zur vollen Stunde</translation>
  </message>
  <message>
   <source>on the left</source>
   <translation>links</translation>
  </message>
  <message>
   <source>on the right</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>on the {days} of the month</source>
   <translation>am {days} des Monats</translation>
  </message>
  <message>
   <source>on {days}</source>
   <translation>{days}</translation>
  </message>
  <message>
   <source>one commit</source>
   <translation>ein Commit</translation>
  </message>
  <message>
   <source>one run for all that was missed</source>
   <translation>ein Lauf für alles Verpasste</translation>
  </message>
  <message>
   <source>one run stands for it</source>
   <translation>ein Lauf steht dafür</translation>
  </message>
  <message>
   <source>open</source>
   <translation>öffnen</translation>
  </message>
  <message>
   <source>open all {live}</source>
   <translation>alle {live} öffnen</translation>
  </message>
  <message>
   <source>open, without a secret: anybody who reaches the port may ask</source>
   <translation>offen, ohne Geheimnis: wer den Port erreicht, darf fragen</translation>
  </message>
  <message>
   <source>or</source>
   <translation>oder</translation>
  </message>
  <message>
   <source>out of time</source>
   <translation>Zeit abgelaufen</translation>
  </message>
  <message>
   <source>output</source>
   <translation>Ausgabe</translation>
  </message>
  <message>
   <source>pans</source>
   <translation>verschiebt</translation>
  </message>
  <message>
   <source>partly confined</source>
   <translation>teils eingesperrt</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>paused: {reason}</source>
   <translation>angehalten: {reason}</translation>
  </message>
  <message>
   <source>picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <source>plugin {plugin}</source>
   <translation>Plugin {plugin}</translation>
  </message>
  <message>
   <source>port {port}</source>
   <translation>Port {port}</translation>
  </message>
  <message>
   <source>predicate</source>
   <translation>Prädikat</translation>
  </message>
  <message>
   <source>press a key</source>
   <translation>Taste drücken</translation>
  </message>
  <message>
   <source>process {pid}</source>
   <translation>Prozess {pid}</translation>
  </message>
  <message>
   <source>queued</source>
   <translation>in der Schlange</translation>
  </message>
  <message>
   <source>ran {part}{version}</source>
   <translation>lief {part}{version}</translation>
  </message>
  <message>
   <source>read {}</source>
   <translation>lesen: {}</translation>
  </message>
  <message>
   <source>reading</source>
   <translation>wird gelesen</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>bereit</translation>
  </message>
  <message>
   <source>replaced</source>
   <translation>ersetzt</translation>
  </message>
  <message>
   <source>restarted {times}</source>
   <translation>{times} neu gestartet</translation>
  </message>
  <message>
   <source>restarting</source>
   <translation>startet neu</translation>
  </message>
  <message>
   <source>result</source>
   <translation>Ergebnis</translation>
  </message>
  <message>
   <source>result of</source>
   <translation>Ergebnis von</translation>
  </message>
  <message>
   <source>retired</source>
   <translation>stillgelegt</translation>
  </message>
  <message>
   <source>retry</source>
   <translation>Wiederholung</translation>
  </message>
  <message>
   <source>right</source>
   <translation>rechts</translation>
  </message>
  <message>
   <source>run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>run again after a crash</source>
   <translation>neu nach Absturz</translation>
  </message>
  <message>
   <source>run for up to {}</source>
   <translation>bis zu {} laufen</translation>
  </message>
  <message>
   <source>run on other computers, the cluster that is set</source>
   <translation>auf anderen Rechnern laufen, dem eingestellten Verbund</translation>
  </message>
  <message>
   <source>run {execution_id}</source>
   <translation>Lauf {execution_id}</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>running since {at}</source>
   <translation>läuft seit {at}</translation>
  </message>
  <message>
   <source>runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>runs jobs here</source>
   <translation>führt hier Aufträge aus</translation>
  </message>
  <message>
   <source>saved</source>
   <translation>gespeichert</translation>
  </message>
  <message>
   <source>saved {at_us}</source>
   <translation>gespeichert {at_us}</translation>
  </message>
  <message>
   <source>saved {clock}</source>
   <translation>gespeichert {clock}</translation>
  </message>
  <message>
   <source>saved {saved_at_us}</source>
   <translation>gespeichert {saved_at_us}</translation>
  </message>
  <message>
   <source>saving…</source>
   <translation>wird gespeichert…</translation>
  </message>
  <message>
   <source>schedule</source>
   <translation>Zeitplan</translation>
  </message>
  <message>
   <source>schedule {schedule_id}</source>
   <translation>Zeitplan {schedule_id}</translation>
  </message>
  <message>
   <source>schedules</source>
   <translation>Zeitpläne</translation>
  </message>
  <message>
   <source>script</source>
   <translation>Skript</translation>
  </message>
  <message>
   <source>scripts</source>
   <translation>Skripte</translation>
  </message>
  <message>
   <source>seconds</source>
   <translation>Sekunden</translation>
  </message>
  <message>
   <source>set; leave empty to keep it</source>
   <translation>gesetzt; leer lassen behält es</translation>
  </message>
  <message>
   <source>several, with commas between</source>
   <translation>mehrere, mit Kommas dazwischen</translation>
  </message>
  <message>
   <source>showing {glyph} of {live}</source>
   <translation>zeigt {glyph} von {live}</translation>
  </message>
  <message>
   <source>since {changed_at_us}</source>
   <translation>seit {changed_at_us}</translation>
  </message>
  <message>
   <source>skipped, as it was set</source>
   <translation>ausgelassen, wie eingestellt</translation>
  </message>
  <message>
   <source>starting</source>
   <translation>startet</translation>
  </message>
  <message>
   <source>starts ix </source>
   <translation>startet ix </translation>
  </message>
  <message>
   <source>step</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>steps</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>stopped</source>
   <translation>steht</translation>
  </message>
  <message>
   <source>stopping</source>
   <translation>hält an</translation>
  </message>
  <message>
   <source>store busy</source>
   <translation>Speicher belegt</translation>
  </message>
  <message>
   <source>store damaged</source>
   <translation>Speicher beschädigt</translation>
  </message>
  <message>
   <source>store read-only</source>
   <translation>Speicher nur lesbar</translation>
  </message>
  <message>
   <source>subject</source>
   <translation>Subjekt</translation>
  </message>
  <message>
   <source>sync of {name}</source>
   <translation>Abgleich von {name}</translation>
  </message>
  <message>
   <source>synced {last_sync_at_us}</source>
   <translation>abgeglichen {last_sync_at_us}</translation>
  </message>
  <message>
   <source>syncing</source>
   <translation>gleicht ab</translation>
  </message>
  <message>
   <source>syncs {name}</source>
   <translation>gleicht {name} ab</translation>
  </message>
  <message>
   <source>system</source>
   <translation>wie das System</translation>
  </message>
  <message>
   <source>tag</source>
   <translation>Marke</translation>
  </message>
  <message>
   <source>tags</source>
   <translation>Marken</translation>
  </message>
  <message>
   <source>text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>the app's own code</source>
   <translation>eigener Code der App</translation>
  </message>
  <message>
   <source>the code source {source}, as it is at {stamp}</source>
   <translation>der Codequelle {source}, Stand {stamp}</translation>
  </message>
  <message>
   <source>the default branch</source>
   <translation>der Hauptzweig</translation>
  </message>
  <message>
   <source>the end</source>
   <translation>Ende</translation>
  </message>
  <message>
   <source>the last {day} of the month</source>
   <translation>letzter {day} des Monats</translation>
  </message>
  <message>
   <source>the run before was still going</source>
   <translation>der Lauf davor lief noch</translation>
  </message>
  <message>
   <source>the store failed</source>
   <translation>der Speicher versagte</translation>
  </message>
  <message>
   <source>the {number}. {day} of the month</source>
   <translation>{number}. {day} des Monats</translation>
  </message>
  <message>
   <source>this canvas</source>
   <translation>diese Leinwand</translation>
  </message>
  <message>
   <source>this code</source>
   <translation>dieser Code</translation>
  </message>
  <message>
   <source>this glyph</source>
   <translation>diese Glyphe</translation>
  </message>
  <message>
   <source>this script</source>
   <translation>dieses Skript</translation>
  </message>
  <message>
   <source>time</source>
   <translation>Mal</translation>
  </message>
  <message>
   <source>times</source>
   <translation>Mal</translation>
  </message>
  <message>
   <source>to</source>
   <translation>zu</translation>
  </message>
  <message>
   <source>to review</source>
   <translation>durchzusehen</translation>
  </message>
  <message>
   <source>today {hour}</source>
   <translation>heute {hour}</translation>
  </message>
  <message>
   <source>today's</source>
   <translation>heutiger</translation>
  </message>
  <message>
   <source>too many were missed</source>
   <translation>zu viele wurden verpasst</translation>
  </message>
  <message>
   <source>took {duration_ms}</source>
   <translation>dauerte {duration_ms}</translation>
  </message>
  <message>
   <source>type</source>
   <translation>Typ</translation>
  </message>
  <message>
   <source>types</source>
   <translation>Typen</translation>
  </message>
  <message>
   <source>under the passphrase</source>
   <translation>unter dem Passwort</translation>
  </message>
  <message>
   <source>unknown glyph {kind}</source>
   <translation>unbekannte Glyphe {kind}</translation>
  </message>
  <message>
   <source>unsaved</source>
   <translation>ungespeichert</translation>
  </message>
  <message>
   <source>up</source>
   <translation>oben</translation>
  </message>
  <message>
   <source>use the package {}</source>
   <translation>das Paket {} nutzen</translation>
  </message>
  <message>
   <source>use up to {} of memory</source>
   <translation>bis zu {} Arbeitsspeicher</translation>
  </message>
  <message>
   <source>used {last_used_at_us}</source>
   <translation>genutzt {last_used_at_us}</translation>
  </message>
  <message>
   <source>version</source>
   <translation>Version</translation>
  </message>
  <message>
   <source>version {version}</source>
   <translation>Version {version}</translation>
  </message>
  <message>
   <source>versions</source>
   <translation>Versionen</translation>
  </message>
  <message>
   <source>v{part} saved</source>
   <translation>v{part} gespeichert</translation>
  </message>
  <message>
   <source>v{version} not allowed</source>
   <translation>v{version} nicht erlaubt</translation>
  </message>
  <message>
   <source>wait</source>
   <translation>warten</translation>
  </message>
  <message>
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>waits</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>waits for review</source>
   <translation>wartet auf Durchsicht</translation>
  </message>
  <message>
   <source>webhook</source>
   <translation>Webhook</translation>
  </message>
  <message>
   <source>went back</source>
   <translation>zurückgegangen</translation>
  </message>
  <message>
   <source>when</source>
   <translation>wann</translation>
  </message>
  <message>
   <source>window</source>
   <translation>Fenster</translation>
  </message>
  <message>
   <source>write {}</source>
   <translation>schreiben: {}</translation>
  </message>
  <message>
   <source>yesterday {hour}</source>
   <translation>gestern {hour}</translation>
  </message>
  <message>
   <source>you</source>
   <translation>Sie</translation>
  </message>
  <message>
   <source>your own files</source>
   <translation>eigene Dateien</translation>
  </message>
  <message>
   <source>zooms</source>
   <translation>vergrößert</translation>
  </message>
  <message>
   <source>{DOT}every {interval_seconds}</source>
   <translation>{DOT}alle {interval_seconds}</translation>
  </message>
  <message>
   <source>{DOT}failed {failures} times, so it is asked less often</source>
   <translation>{DOT}{failures} Mal fehlgeschlagen, darum seltener gefragt</translation>
  </message>
  <message>
   <source>{DOT}read only</source>
   <translation>{DOT}nur lesbar</translation>
  </message>
  <message>
   <source>{FAILED} {unseen} unseen</source>
   <translation>{FAILED} {unseen} ungesehen</translation>
  </message>
  <message>
   <source>{FIX}, line {line}</source>
   <translation>{FIX}, Zeile {line}</translation>
  </message>
  <message>
   <source>{added} added, {removed} removed</source>
   <translation>{added} dazu, {removed} weg</translation>
  </message>
  <message>
   <source>{address} is reached from this computer only.</source>
   <translation>{address} ist nur von diesem Rechner aus erreichbar.</translation>
  </message>
  <message>
   <source>{canvass} inside</source>
   <translation>{canvass} darin</translation>
  </message>
  <message>
   <source>{command} failed</source>
   <translation>{command} fehlgeschlagen</translation>
  </message>
  <message>
   <source>{command} is done</source>
   <translation>{command} ist fertig</translation>
  </message>
  <message>
   <source>{command} still runs {schedule_phrase}, without its glyph.</source>
   <translation>{command} läuft weiter {schedule_phrase}, ohne Glyphe.</translation>
  </message>
  <message>
   <source>{commit} {what}: {files} differ</source>
   <translation>{commit} {what}: {files} anders</translation>
  </message>
  <message>
   <source>{commit}{DOT}{files}, {size_bytes}{DOT}since {created_at_us}</source>
   <translation>{commit}{DOT}{files}, {size_bytes}{DOT}seit {created_at_us}</translation>
  </message>
  <message>
   <source>{done} of {boxes}</source>
   <translation>{done} von {boxes}</translation>
  </message>
  <message>
   <source>{dropped} of {name} dropped</source>
   <translation>{dropped} von {name} weggelassen</translation>
  </message>
  <message>
   <source>{failed} failed</source>
   <translation>{failed} fehlgeschlagen</translation>
  </message>
  <message>
   <source>{failed} failed.</source>
   <translation>{failed} fehlgeschlagen.</translation>
  </message>
  <message>
   <source>{failed} stopped at line {line}</source>
   <translation>{failed} hielt in Zeile {line} an</translation>
  </message>
  <message>
   <source>{files} copied.</source>
   <translation>{files} kopiert.</translation>
  </message>
  <message>
   <source>{files}, the closest first</source>
   <translation>{files}, die nächsten zuerst</translation>
  </message>
  <message>
   <source>{first} to {last}</source>
   <translation>{first} bis {last}</translation>
  </message>
  <message>
   <source>{fitting} lines</source>
   <translation>{fitting} Zeilen</translation>
  </message>
  <message>
   <source>{gaps} missed</source>
   <translation>{gaps} verpasst</translation>
  </message>
  <message>
   <source>{jobs} jobs run</source>
   <translation>{jobs} Aufträge laufen</translation>
  </message>
  <message>
   <source>{jobs} was interrupted and runs again.</source>
   <translation>{jobs} wurde unterbrochen und läuft noch einmal.</translation>
  </message>
  <message>
   <source>{jobs} was interrupted twice and is not started again.</source>
   <translation>{jobs} wurde zweimal unterbrochen und startet nicht wieder.</translation>
  </message>
  <message>
   <source>{jobs} was replaced by a newer one.</source>
   <translation>{jobs} wurde durch einen neueren ersetzt.</translation>
  </message>
  <message>
   <source>{jobs} were interrupted and run again.</source>
   <translation>{jobs} wurden unterbrochen und laufen noch einmal.</translation>
  </message>
  <message>
   <source>{jobs} were interrupted twice and are not started again.</source>
   <translation>{jobs} wurden zweimal unterbrochen und starten nicht wieder.</translation>
  </message>
  <message>
   <source>{jobs} were replaced by a newer one.</source>
   <translation>{jobs} wurden durch einen neueren ersetzt.</translation>
  </message>
  <message>
   <source>{join} while this window is closed; next: {first}, {at}.</source>
   <translation>{join}, solange dieses Fenster zu ist; nächstes: {first}, {at}.</translation>
  </message>
  <message>
   <source>{label} by one step</source>
   <translation>{label} um einen Schritt</translation>
  </message>
  <message>
   <source>{label} by ten steps</source>
   <translation>{label} um zehn Schritte</translation>
  </message>
  <message>
   <source>{label} glyph</source>
   <translation>{label}: Glyphe</translation>
  </message>
  <message>
   <source>{label} {updated} glyphs</source>
   <translation>{label}: {updated} Glyphen</translation>
  </message>
  <message>
   <source>{label}: click and place, or drag</source>
   <translation>{label}: klicken und ablegen, oder ziehen</translation>
  </message>
  <message>
   <source>{lane}: due {at_us}</source>
   <translation>{lane}: fällig {at_us}</translation>
  </message>
  <message>
   <source>{lane}: missed {at_us}, {reason}</source>
   <translation>{lane}: verpasst {at_us}, {reason}</translation>
  </message>
  <message>
   <source>{left} schedules still run without their glyphs.</source>
   <translation>{left} Zeitpläne laufen weiter ohne ihre Glyphen.</translation>
  </message>
  <message>
   <source>{made} in {took}</source>
   <translation>{made} in {took}</translation>
  </message>
  <message>
   <source>{name_of}: version {get} is saved</source>
   <translation>{name_of}: Version {get} ist gesichert</translation>
  </message>
  <message>
   <source>{name}    the version you have</source>
   <translation>{name}    die Version, die Sie haben</translation>
  </message>
  <message>
   <source>{name} asks for{than}: {listed}.</source>
   <translation>{name} verlangt{than}: {listed}.</translation>
  </message>
  <message>
   <source>{name} is allowed.</source>
   <translation>{name} ist erlaubt.</translation>
  </message>
  <message>
   <source>{name} is in the bin.</source>
   <translation>{name} ist im Papierkorb.</translation>
  </message>
  <message>
   <source>{name} is not defined in this text.</source>
   <translation>{name} ist in diesem Text nicht festgelegt.</translation>
  </message>
  <message>
   <source>{name} is removed.{used}</source>
   <translation>{name} ist entfernt.{used}</translation>
  </message>
  <message>
   <source>{name} is set until QNTX Desktop is closed.</source>
   <translation>{name} ist gesetzt, bis QNTX Desktop geschlossen wird.</translation>
  </message>
  <message>
   <source>{name} is set.</source>
   <translation>{name} ist gesetzt.</translation>
  </message>
  <message>
   <source>{name} was made as a copy.</source>
   <translation>{name} ist als Kopie entstanden.</translation>
  </message>
  <message>
   <source>{name} with {other}</source>
   <translation>{name} mit {other}</translation>
  </message>
  <message>
   <source>{name}: all canvases (Ctrl+O)</source>
   <translation>{name}: alle Leinwände (Strg+O)</translation>
  </message>
  <message>
   <source>{name}: nothing was written.</source>
   <translation>{name}: nichts geschrieben.</translation>
  </message>
  <message>
   <source>{name}: running</source>
   <translation>{name}: läuft</translation>
  </message>
  <message>
   <source>{note} {dropped} more were dropped.</source>
   <translation>{note} {dropped} mehr wurden weggelassen.</translation>
  </message>
  <message>
   <source>{note} {more_connections} on the ledger.</source>
   <translation>{note} {more_connections} im Buch.</translation>
  </message>
  <message>
   <source>{number}.</source>
   <translation>{number}.</translation>
  </message>
  <message>
   <source>{offer} for {glyph}</source>
   <translation>{offer} für {glyph}</translation>
  </message>
  <message>
   <source>{old} is called {name} now.</source>
   <translation>{old} heißt jetzt {name}.</translation>
  </message>
  <message>
   <source>{order} glyphs, {selection} selected</source>
   <translation>{order} Glyphen, {selection} gewählt</translation>
  </message>
  <message>
   <source>{path} is not saved. Save it first, or read it again.</source>
   <translation>{path} ist nicht gesichert. Erst sichern, oder neu lesen.</translation>
  </message>
  <message>
   <source>{path} is not saved. Save it first.</source>
   <translation>{path} ist nicht gesichert. Erst sichern.</translation>
  </message>
  <message>
   <source>{path} is not saved. Save it, or lose what was typed.</source>
   <translation>{path} ist nicht gesichert. Sichern, oder Getipptes verlieren.</translation>
  </message>
  <message>
   <source>{pixels} × {pixels2} pixels</source>
   <translation>{pixels} × {pixels2} Pixel</translation>
  </message>
  <message>
   <source>{planned} due</source>
   <translation>{planned} fällig</translation>
  </message>
  <message>
   <source>{progress_current} of {progress_total}</source>
   <translation>{progress_current} von {progress_total}</translation>
  </message>
  <message>
   <source>{refused} of {total} refused</source>
   <translation>{refused} von {total} abgelehnt</translation>
  </message>
  <message>
   <source>{row} received</source>
   <translation>{row} empfangen</translation>
  </message>
  <message>
   <source>{runs} ended</source>
   <translation>{runs} beendet</translation>
  </message>
  <message>
   <source>{said} On this machine {held}.</source>
   <translation>{said} Auf diesem Rechner {held}.</translation>
  </message>
  <message>
   <source>{said}; past runs stay.</source>
   <translation>{said}; vergangene Läufe bleiben.</translation>
  </message>
  <message>
   <source>{schedules} do not run</source>
   <translation>{schedules} laufen nicht</translation>
  </message>
  <message>
   <source>{schedules} does not run</source>
   <translation>{schedules} läuft nicht</translation>
  </message>
  <message>
   <source>{schedules} of it still run</source>
   <translation>{schedules} davon laufen weiter</translation>
  </message>
  <message>
   <source>{schedules} of it still runs</source>
   <translation>{schedules} davon läuft weiter</translation>
  </message>
  <message>
   <source>{schedules} paused</source>
   <translation>{schedules} angehalten</translation>
  </message>
  <message>
   <source>{script_type}: v{older} and v{newer}</source>
   <translation>{script_type}: v{older} und v{newer}</translation>
  </message>
  <message>
   <source>{since} to {until}</source>
   <translation>{since} bis {until}</translation>
  </message>
  <message>
   <source>{since} to {until}: {told}</source>
   <translation>{since} bis {until}: {told}</translation>
  </message>
  <message>
   <source>{size_bytes} is more than is shown here ({MOST_SHOWN_BYTES}).</source>
   <translation>{size_bytes} ist mehr, als hier gezeigt wird ({MOST_SHOWN_BYTES}).</translation>
  </message>
  <message>
   <source>{sources} are not synced</source>
   <translation>{sources} werden nicht abgeglichen</translation>
  </message>
  <message>
   <source>{sources} is not synced</source>
   <translation>{sources} wird nicht abgeglichen</translation>
  </message>
  <message>
   <source>{steps}{undone}. A press goes there.</source>
   <translation>{steps}{undone}. Drücken führt dorthin.</translation>
  </message>
  <message>
   <source>{still}; see Pulse.</source>
   <translation>{still}; siehe Pulse.</translation>
  </message>
  <message>
   <source>{subjects} is {predicates} of {contexts}</source>
   <translation>{subjects} is {predicates} of {contexts}</translation>
  </message>
  <message>
   <source>{texts} sealed with a new key.{more}</source>
   <translation>{texts} mit neuem Schlüssel versiegelt.{more}</translation>
  </message>
  <message>
   <source>{text} version {version}</source>
   <translation>{text} Version {version}</translation>
  </message>
  <message>
   <source>{verb} glyph</source>
   <translation>{verb}: Glyphe</translation>
  </message>
  <message>
   <source>{verb} {number} glyphs</source>
   <translation>{verb}: {number} Glyphen</translation>
  </message>
  <message>
   <source>{width} × {height} pixels are too many to show.</source>
   <translation>{width} × {height} Pixel sind zu viele zum Zeigen.</translation>
  </message>
  <message>
   <source>{words}: waiting {max} s.</source>
   <translation>{words}: noch {max} s.</translation>
  </message>
  <message>
   <source>“{label}” has another key now.</source>
   <translation>„{label}“ hat jetzt eine andere Taste.</translation>
  </message>
  <message>
   <source>“{label}” has its usual key again.</source>
   <translation>„{label}“ hat wieder die übliche Taste.</translation>
  </message>
  <message>
   <source>“{script_type}” has a glyph already.</source>
   <translation>„{script_type}“ hat schon eine Glyphe.</translation>
  </message>
  <message>
   <source>“{script_type}” is at v{version}, with the code of v{version2}.</source>
   <translation>„{script_type}“ steht auf v{version}, mit dem Code von v{version2}.</translation>
  </message>
  <message>
   <source>“{script_type}” is retired.</source>
   <translation>„{script_type}“ ist stillgelegt.</translation>
  </message>
  <message>
   <source>… and {count:,} more like that.</source>
   <translation>… und {count:,} weitere dieser Art.</translation>
  </message>
  <message>
   <source>… and {more} more: qntx schedule list</source>
   <translation>… und {more} weitere: qntx schedule list</translation>
  </message>
  <message>
   <source>… {dropped} more were dropped</source>
   <translation>… {dropped} mehr wurden weggelassen</translation>
  </message>
  <message>
   <source>… {lines} above</source>
   <translation>… {lines} darüber</translation>
  </message>
  <message>
   <source>… {skipped} lines before</source>
   <translation>… {skipped} Zeilen davor</translation>
  </message>
  <message>
   <source>▲ Its usual key is the key of “{label}” now.</source>
   <translation>▲ Die übliche Taste gehört jetzt zu „{label}“.</translation>
  </message>
  <message>
   <source>▲ Not known here: {named}.</source>
   <translation>▲ Hier unbekannt: {named}.</translation>
  </message>
  <message>
   <source>▲ Somebody else changed this file since it was read.</source>
   <translation>▲ Jemand hat diese Datei geändert, seit sie gelesen wurde.</translation>
  </message>
  <message>
   <source>▲ The store did not open</source>
   <translation>▲ Der Speicher ließ sich nicht öffnen</translation>
  </message>
  <message>
   <source>▲ not saved: {reason}</source>
   <translation>▲ nicht gespeichert: {reason}</translation>
  </message>
  <message>
   <source>▲ not set</source>
   <translation>▲ nicht gesetzt</translation>
  </message>
  <message>
   <source>▲ {failed} failed</source>
   <translation>▲ {failed} fehlgeschlagen</translation>
  </message>
  <message>
   <source>▲ {fresh}{more} newer</source>
   <translation>▲ {fresh}{more} neuere</translation>
  </message>
  <message>
   <source>▲ {shown} is the key of “{part}” already.</source>
   <translation>▲ {shown} ist schon die Taste von „{part}“.</translation>
  </message>
  <message>
   <source>▲ “{label}” keeps its usual key: {key} is the key of “{other}”.</source>
   <translation>▲ „{label}“ behält die übliche Taste: {key} gehört zu „{other}“.</translation>
  </message>
  <message>
   <source>● It answers: {branches}{default}; {tags}.</source>
   <translation>● Er antwortet: {branches}{default}; {tags}.</translation>
  </message>
  <message>
   <source>● set</source>
   <translation>● gesetzt</translation>
  </message>
  <message>
   <source>◐ Asking the server …</source>
   <translation>◐ Der Server wird gefragt …</translation>
  </message>
  <message>
   <source>◐ Reading its versions …</source>
   <translation>◐ Versionen werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the files …</source>
   <translation>◐ Dateien werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the handlers …</source>
   <translation>◐ Handler werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the history …</source>
   <translation>◐ Der Verlauf wird gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the jobs …</source>
   <translation>◐ Aufträge werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the log …</source>
   <translation>◐ Das Protokoll wird gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the plugins …</source>
   <translation>◐ Plugins werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the sources …</source>
   <translation>◐ Quellen werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading …</source>
   <translation>◐ Wird gelesen …</translation>
  </message>
  <message>
   <source>◐ Searching …</source>
   <translation>◐ Wird gesucht …</translation>
  </message>
  <message>
   <source>◐ set for this session</source>
   <translation>◐ gesetzt für diese Sitzung</translation>
  </message>
  <message>
   <source>◐ {running} running</source>
   <translation>◐ {running} laufen</translation>
  </message>
  <message>
   <source>✓ on the canvas</source>
   <translation>✓ auf der Leinwand</translation>
  </message>
 </context>
</TS>
