<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>qntx</name>
  <message>
   <source> since v{part}</source>
   <translation> seit v{part}</translation>
  </message>
  <message>
   <source>1 to 64 small letters a-z, digits and hyphens.</source>
   <translation>1 bis 64 Kleinbuchstaben a-z, Ziffern und Bindestriche.</translation>
  </message>
  <message>
   <source>A command line call runs the jobs of this home; this window takes over when it ends.</source>
   <translation>Ein Aufruf der Kommandozeile führt die Aufträge dieses Ordners aus; endet er, übernimmt dieses Fenster.</translation>
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
   <source>Add</source>
   <translation>Hinzufügen</translation>
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
   <source>Add and run</source>
   <translation>Hinzufügen und ausführen</translation>
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
   <source>Allow version {version}</source>
   <translation>Version {version} erlauben</translation>
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
   <source>Apr</source>
   <translation>Apr.</translation>
  </message>
  <message>
   <source>Arrange</source>
   <translation>Anordnen</translation>
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
   <source>Attestation</source>
   <translation>Attestation</translation>
  </message>
  <message>
   <source>Aug</source>
   <translation>Aug.</translation>
  </message>
  <message>
   <source>Back to where you looked</source>
   <translation>Zurück zur vorigen Stelle</translation>
  </message>
  <message>
   <source>Blue</source>
   <translation>Blau</translation>
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
   <source>Canvas folder…</source>
   <translation>Ordner der Leinwand…</translation>
  </message>
  <message>
   <source>Canvas {name}</source>
   <translation>Leinwand {name}</translation>
  </message>
  <message>
   <source>Canvases…</source>
   <translation>Leinwände…</translation>
  </message>
  <message>
   <source>Code sources</source>
   <translation>Codequellen</translation>
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
   <source>Command: {part}</source>
   <translation>Befehl: {part}</translation>
  </message>
  <message>
   <source>Compare v{version} with v{other}</source>
   <translation>v{version} mit v{other} vergleichen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
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
   <source>Dec</source>
   <translation>Dez.</translation>
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
   <source>Delete the canvas</source>
   <translation>Leinwand löschen</translation>
  </message>
  <message>
   <source>Diff</source>
   <translation>Vergleich</translation>
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
   <source>Enable</source>
   <translation>Anschalten</translation>
  </message>
  <message>
   <source>Error, kept on the canvas</source>
   <translation>Fehler, auf der Leinwand behalten</translation>
  </message>
  <message>
   <source>Everything a glyph can do</source>
   <translation>Alles, was eine Glyphe kann</translation>
  </message>
  <message>
   <source>Export…</source>
   <translation>Exportieren…</translation>
  </message>
  <message>
   <source>Feb</source>
   <translation>Feb.</translation>
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
   <source>Find on all canvases…</source>
   <translation>Auf allen Leinwänden suchen…</translation>
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
   <source>Fold or unfold</source>
   <translation>Ein- oder ausklappen</translation>
  </message>
  <message>
   <source>Folder of the canvas</source>
   <translation>Ordner der Leinwand</translation>
  </message>
  <message>
   <source>For commands that start with  ix {name}</source>
   <translation>Für Befehle, die beginnen mit  ix {name}</translation>
  </message>
  <message>
   <source>Forget a place…</source>
   <translation>Stelle vergessen…</translation>
  </message>
  <message>
   <source>Forward again</source>
   <translation>Wieder vor</translation>
  </message>
  <message>
   <source>Frame</source>
   <translation>Rahmen</translation>
  </message>
  <message>
   <source>Give it a type and save it</source>
   <translation>Einen Typ geben und speichern</translation>
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
   <source>Glyphs to add</source>
   <translation>Glyphen zum Hinzufügen</translation>
  </message>
  <message>
   <source>Go on running in the tray when the window is closed, where the desktop has a tray</source>
   <translation>Im Infobereich weiterlaufen, wenn das Fenster geschlossen wird, wo es einen gibt</translation>
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
   <source>Handlers</source>
   <translation>Handler</translation>
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
   <source>History…</source>
   <translation>Verlauf…</translation>
  </message>
  <message>
   <source>Hold a finger still</source>
   <translation>Einen Finger stillhalten</translation>
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
   <translation>Wie das Fenster aussieht; contrast: Schwarz, Weiß und kräftige Farben</translation>
  </message>
  <message>
   <source>Import…</source>
   <translation>Importieren…</translation>
  </message>
  <message>
   <source>Ingest</source>
   <translation>Einlesen</translation>
  </message>
  <message>
   <source>Ingest or import</source>
   <translation>Einlesen oder importieren</translation>
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
   <source>It is not moved, resized or deleted (Shift+L)</source>
   <translation>Wird nicht bewegt, vergrößert oder gelöscht (Umschalt+L)</translation>
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
   <source>Jan</source>
   <translation>Jan.</translation>
  </message>
  <message>
   <source>Jul</source>
   <translation>Juli</translation>
  </message>
  <message>
   <source>Jun</source>
   <translation>Juni</translation>
  </message>
  <message>
   <source>Keep</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Keep this place…</source>
   <translation>Diese Stelle merken…</translation>
  </message>
  <message>
   <source>Kept in {path}</source>
   <translation>Liegt in {path}</translation>
  </message>
  <message>
   <source>Keyboard shortcuts</source>
   <translation>Tastenkürzel</translation>
  </message>
  <message>
   <source>Keys	{part}</source>
   <translation>Tasten	{part}</translation>
  </message>
  <message>
   <source>Keys of the canvas that a person gave instead of the usual ones, such as copy=Ctrl+Alt+C</source>
   <translation>Tasten der Leinwand anstelle der üblichen, etwa copy=Ctrl+Alt+C</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
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
   <source>Make it a handler</source>
   <translation>Zum Handler machen</translation>
  </message>
  <message>
   <source>Make something of it</source>
   <translation>Etwas daraus machen</translation>
  </message>
  <message>
   <source>Mar</source>
   <translation>März</translation>
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
   <source>Name of the handler</source>
   <translation>Name des Handlers</translation>
  </message>
  <message>
   <source>Name, such as rss-feed</source>
   <translation>Name, etwa rss-feed</translation>
  </message>
  <message>
   <source>New</source>
   <translation>Neu</translation>
  </message>
  <message>
   <source>New canvas…</source>
   <translation>Neue Leinwand…</translation>
  </message>
  <message>
   <source>No attestations yet.</source>
   <translation>Noch keine Attestationen.</translation>
  </message>
  <message>
   <source>No glyph is called that.</source>
   <translation>So heißt keine Glyphe.</translation>
  </message>
  <message>
   <source>No handler matches “{text}”.</source>
   <translation>Kein Handler passt zu „{text}“.</translation>
  </message>
  <message>
   <source>No handlers yet. Run an IX command that nothing knows, then Create handler.</source>
   <translation>Noch keine Handler. Führen Sie einen IX-Befehl aus, den niemand kennt, dann „Handler anlegen“.</translation>
  </message>
  <message>
   <source>None</source>
   <translation>Keine</translation>
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
   <source>Nothing is sent anywhere.</source>
   <translation>Nichts wird irgendwohin gesendet.</translation>
  </message>
  <message>
   <source>Nothing knows “{name}” yet.</source>
   <translation>Noch kennt niemand „{name}“.</translation>
  </message>
  <message>
   <source>Nothing on the canvas glides or grows; so it is too where the desktop switches animations off</source>
   <translation>Nichts auf der Leinwand gleitet oder wächst; so ist es auch, wo der Desktop Animationen abschaltet</translation>
  </message>
  <message>
   <source>Nothing written yet.</source>
   <translation>Noch nichts geschrieben.</translation>
  </message>
  <message>
   <source>Nov</source>
   <translation>Nov.</translation>
  </message>
  <message>
   <source>Oct</source>
   <translation>Okt.</translation>
  </message>
  <message>
   <source>One finger; on a selected glyph it moves that</source>
   <translation>Ein Finger; auf einer gewählten Glyphe bewegt er diese</translation>
  </message>
  <message>
   <source>Open</source>
   <translation>Öffnen</translation>
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
   <source>Opening the store…</source>
   <translation>Der Speicher wird geöffnet…</translation>
  </message>
  <message>
   <source>Out of the sub-canvas</source>
   <translation>Aus der inneren Leinwand hinaus</translation>
  </message>
  <message>
   <source>Outline</source>
   <translation>Gliederung</translation>
  </message>
  <message>
   <source>Overview in the corner</source>
   <translation>Übersicht in der Ecke</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einfügen</translation>
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
   <source>Press Ctrl while dragging</source>
   <translation>Beim Ziehen Strg drücken</translation>
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
   <source>Put a row on the canvas</source>
   <translation>Zeile auf die Leinwand legen</translation>
  </message>
  <message>
   <source>Put an IX glyph here</source>
   <translation>Legen Sie hier eine IX-Glyphe ab</translation>
  </message>
  <message>
   <source>Python</source>
   <translation>Python</translation>
  </message>
  <message>
   <source>Python that reads such attestations</source>
   <translation>Python, das solche Attestationen liest</translation>
  </message>
  <message>
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <source>Reading …</source>
   <translation>Wird gelesen …</translation>
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
   <source>Rename</source>
   <translation>Umbenennen</translation>
  </message>
  <message>
   <source>Rename glyph</source>
   <translation>Glyphe umbenennen</translation>
  </message>
  <message>
   <source>Rename the canvas…</source>
   <translation>Leinwand umbenennen…</translation>
  </message>
  <message>
   <source>Resize glyph</source>
   <translation>Glyphengröße ändern</translation>
  </message>
  <message>
   <source>Restore</source>
   <translation>Wiederherstellen</translation>
  </message>
  <message>
   <source>Result</source>
   <translation>Ergebnis</translation>
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
   <source>Run and wait here</source>
   <translation>Ausführen und hier warten</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <source>Save as a new version (Ctrl+S)</source>
   <translation>Als neue Version speichern (Strg+S)</translation>
  </message>
  <message>
   <source>Save the code of v{version} as a new version</source>
   <translation>Code von v{version} als neue Version speichern</translation>
  </message>
  <message>
   <source>Schedule: {schedule_phrase}</source>
   <translation>Zeitplan: {schedule_phrase}</translation>
  </message>
  <message>
   <source>Search glyphs</source>
   <translation>Glyphen suchen</translation>
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
   <source>Sep</source>
   <translation>Sept.</translation>
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
   <source>Show all of it (Enter)</source>
   <translation>Alles davon zeigen (Enter)</translation>
  </message>
  <message>
   <source>Show everything</source>
   <translation>Alles zeigen</translation>
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
   <source>Show the attestations</source>
   <translation>Attestationen zeigen</translation>
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
   <source>Show {left} older of {left2}</source>
   <translation>{left} ältere von {left2} zeigen</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Snapping on or off</source>
   <translation>Einrasten ein oder aus</translation>
  </message>
  <message>
   <source>Space and drag, middle drag, wheel</source>
   <translation>Leertaste und ziehen, mittlere Taste, Rad</translation>
  </message>
  <message>
   <source>Stop (Ctrl+.)</source>
   <translation>Anhalten (Strg+.)</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>Wird angehalten …</translation>
  </message>
  <message>
   <source>Take the frame away</source>
   <translation>Rahmen wegnehmen</translation>
  </message>
  <message>
   <source>Take webhooks, each with its own secret</source>
   <translation>Webhooks annehmen, jeder mit eigenem Geheimnis</translation>
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
   <source>The Dask scheduler for handlers that say where = "remote", such as tcp://10.0.0.5:8786</source>
   <translation>Der Dask-Scheduler für Handler, die where = "remote" sagen, etwa tcp://10.0.0.5:8786</translation>
  </message>
  <message>
   <source>The handler of “{name}” is retired.</source>
   <translation>Der Handler für „{name}“ ist stillgelegt.</translation>
  </message>
  <message>
   <source>The language of the window; counts when the window is opened again</source>
   <translation>Die Sprache des Fensters; gilt beim nächsten Öffnen des Fensters</translation>
  </message>
  <message>
   <source>The window speaks this language when it is opened again.</source>
   <translation>Beim nächsten Öffnen spricht das Fenster diese Sprache.</translation>
  </message>
  <message>
   <source>Theme</source>
   <translation>Farbschema</translation>
  </message>
  <message>
   <source>This run is not in the store.</source>
   <translation>Dieser Lauf ist nicht im Speicher.</translation>
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
   <source>Tick {words}</source>
   <translation>Abhaken: {words}</translation>
  </message>
  <message>
   <source>Tidy up</source>
   <translation>Aufräumen</translation>
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
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <source>Two fingers</source>
   <translation>Zwei Finger</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <source>Ungroup</source>
   <translation>Gruppierung aufheben</translation>
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
   <source>Web pages that may use the API with a token, such as http://localhost:3000</source>
   <translation>Webseiten, die die API mit einem Token nutzen dürfen, etwa http://localhost:3000</translation>
  </message>
  <message>
   <source>What becomes of a job whose plugin does not run</source>
   <translation>Was aus einem Auftrag wird, dessen Plugin nicht läuft</translation>
  </message>
  <message>
   <source>What the wheel does on the canvas; with Ctrl it always zooms</source>
   <translation>Was das Rad auf der Leinwand tut; mit Strg vergrößert es immer</translation>
  </message>
  <message>
   <source>What to do</source>
   <translation>Was ist zu tun?</translation>
  </message>
  <message>
   <source>What to do…</source>
   <translation>Was ist zu tun…</translation>
  </message>
  <message>
   <source>Where on 127.0.0.1 both listen; 0: any free port</source>
   <translation>Wo auf 127.0.0.1 beide lauschen; 0: irgendein freier Port</translation>
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
   <source>above</source>
   <translation>darüber</translation>
  </message>
  <message>
   <source>all local</source>
   <translation>alles lokal</translation>
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
   <source>command line</source>
   <translation>Kommandozeile</translation>
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
   <source>disk full</source>
   <translation>Platte voll</translation>
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
   <source>empty</source>
   <translation>leer</translation>
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
   <source>handlers</source>
   <translation>Handler</translation>
  </message>
  <message>
   <source>handlers {level}</source>
   <translation>Handler {level}</translation>
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
   <source>job</source>
   <translation>Auftrag</translation>
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
   <source>killed</source>
   <translation>abgeschossen</translation>
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
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>names</source>
   <translation>Namen</translation>
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
   <source>newer store</source>
   <translation>neuerer Speicher</translation>
  </message>
  <message>
   <source>next {next_run_at_us}</source>
   <translation>nächster {next_run_at_us}</translation>
  </message>
  <message>
   <source>no handler</source>
   <translation>kein Handler</translation>
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
   <source>not a command</source>
   <translation>kein Befehl</translation>
  </message>
  <message>
   <source>not a type</source>
   <translation>kein Typ</translation>
  </message>
  <message>
   <source>not allowed</source>
   <translation>nicht erlaubt</translation>
  </message>
  <message>
   <source>not saved</source>
   <translation>nicht gespeichert</translation>
  </message>
  <message>
   <source>nothing runs</source>
   <translation>nichts läuft</translation>
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
   <source>open all {live}</source>
   <translation>alle {live} öffnen</translation>
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
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>predicate</source>
   <translation>Prädikat</translation>
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
   <source>replaced</source>
   <translation>ersetzt</translation>
  </message>
  <message>
   <source>result</source>
   <translation>Ergebnis</translation>
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
   <source>schedule</source>
   <translation>Zeitplan</translation>
  </message>
  <message>
   <source>schedules</source>
   <translation>Zeitpläne</translation>
  </message>
  <message>
   <source>showing {glyph} of {live}</source>
   <translation>zeigt {glyph} von {live}</translation>
  </message>
  <message>
   <source>source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <source>sources</source>
   <translation>Quellen</translation>
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
   <source>time</source>
   <translation>Mal</translation>
  </message>
  <message>
   <source>times</source>
   <translation>Mal</translation>
  </message>
  <message>
   <source>today {hour}</source>
   <translation>heute {hour}</translation>
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
   <source>version</source>
   <translation>Version</translation>
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
   <source>waiting</source>
   <translation>wartet</translation>
  </message>
  <message>
   <source>when</source>
   <translation>wann</translation>
  </message>
  <message>
   <source>yesterday {hour}</source>
   <translation>gestern {hour}</translation>
  </message>
  <message>
   <source>{address} is reached from this computer only.</source>
   <translation>{address} ist nur von diesem Rechner aus erreichbar.</translation>
  </message>
  <message>
   <source>{day} {month}{year} {hour}</source>
   <translation>{day}. {month}{year} {hour}</translation>
  </message>
  <message>
   <source>{done} of {boxes}</source>
   <translation>{done} von {boxes}</translation>
  </message>
  <message>
   <source>{failed} stopped at line {line}</source>
   <translation>{failed} hielt in Zeile {line} an</translation>
  </message>
  <message>
   <source>{fitting} lines</source>
   <translation>{fitting} Zeilen</translation>
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
   <source>{made} in {took}</source>
   <translation>{made} in {took}</translation>
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
   <source>{offer} for {glyph}</source>
   <translation>{offer} für {glyph}</translation>
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
   <source>{subjects} is {predicates} of {contexts}</source>
   <translation>{subjects} is {predicates} of {contexts}</translation>
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
   <source>▲ The store did not open</source>
   <translation>▲ Der Speicher ließ sich nicht öffnen</translation>
  </message>
  <message>
   <source>▲ not saved: {reason}</source>
   <translation>▲ nicht gespeichert: {reason}</translation>
  </message>
  <message>
   <source>▲ {failed} failed</source>
   <translation>▲ {failed} fehlgeschlagen</translation>
  </message>
  <message>
   <source>◐ Reading its versions …</source>
   <translation>◐ Versionen werden gelesen …</translation>
  </message>
  <message>
   <source>◐ Reading the handlers …</source>
   <translation>◐ Handler werden gelesen …</translation>
  </message>
  <message>
   <source>◐ {running} running</source>
   <translation>◐ {running} laufen</translation>
  </message>
 </context>
</TS>
