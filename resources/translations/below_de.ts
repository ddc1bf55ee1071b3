<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>error active_job_exists</name>
  <message>
   <source>Wait for it, or cancel it: qntx job cancel {job_id}</source>
   <translation>Warten Sie, oder brechen Sie ihn ab: qntx job cancel {job_id}</translation>
  </message>
  <message>
   <source>{what} has a running job ({job_id}).</source>
   <translation>{what} hat einen laufenden Auftrag ({job_id}).</translation>
  </message>
  <message>
   <source>{what} is still {state}.</source>
   <translation>{what} ist noch {state}.</translation>
  </message>
 </context>
 <context>
  <name>error attestation_not_found</name>
  <message>
   <source>See: qntx ax</source>
   <translation>Siehe: qntx ax</translation>
  </message>
  <message>
   <source>There is no attestation {asid}.</source>
   <translation>Es gibt keine Attestation {asid}.</translation>
  </message>
 </context>
 <context>
  <name>error body_too_large</name>
  <message>
   <source>Send less at once.</source>
   <translation>Schicken Sie weniger auf einmal.</translation>
  </message>
  <message>
   <source>The body has more than {limit_bytes} bytes.</source>
   <translation>Der Inhalt hat mehr als {limit_bytes} Bytes.</translation>
  </message>
 </context>
 <context>
  <name>error cancelled</name>
 </context>
 <context>
  <name>error canvas_not_found</name>
  <message>
   <source>See: qntx canvas list</source>
   <translation>Siehe: qntx canvas list</translation>
  </message>
  <message>
   <source>There is no canvas '{canvas}'.</source>
   <translation>Es gibt keine Leinwand „{canvas}“.</translation>
  </message>
 </context>
 <context>
  <name>error config_unreadable</name>
  <message>
   <source>Correct the file in an editor, or move it away to go back to the defaults. Nothing was changed.</source>
   <translation>Berichtigen Sie die Datei in einem Editor, oder räumen Sie sie weg, um zu den Vorgaben zurückzukehren. Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>The settings in {path} cannot be used: {reason}</source>
   <translation>Die Einstellungen in {path} sind nicht brauchbar: {reason}</translation>
  </message>
  <message>
   <source>The settings in {path}, line {line} cannot be used: {reason}</source>
   <translation>Die Einstellungen in {path}, Zeile {line}, sind nicht brauchbar: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error config_unwritable</name>
  <message>
   <source>Allow writing there and see that the disk has room. Nothing was changed.</source>
   <translation>Erlauben Sie dort das Schreiben, und sorgen Sie für Platz auf dem Datenträger. Es wurde nichts geändert.</translation>
  </message>
  <message>
   <source>The settings in {path} cannot be written: {reason}</source>
   <translation>Die Einstellungen in {path} lassen sich nicht schreiben: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error delivery_not_found</name>
  <message>
   <source>See: qntx hook deliveries NAME</source>
   <translation>Siehe: qntx hook deliveries NAME</translation>
  </message>
  <message>
   <source>There is no delivery {delivery_id} that started a job.</source>
   <translation>Es gibt keine Zustellung {delivery_id}, die einen Auftrag gestartet hat.</translation>
  </message>
 </context>
 <context>
  <name>error disk_full</name>
  <message>
   <source>Make room on the disk that holds {path}. Work goes on by itself when there is room.</source>
   <translation>Schaffen Sie Platz auf dem Datenträger, auf dem {path} liegt. Ist Platz da, geht es von selbst weiter.</translation>
  </message>
  <message>
   <source>The disk is full; nothing more can be stored.</source>
   <translation>Der Datenträger ist voll; es kann nichts mehr gespeichert werden.</translation>
  </message>
 </context>
 <context>
  <name>error duplicate_name</name>
  <message>
   <source>Choose another name.</source>
   <translation>Wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>{what} called '{name}' exists already.</source>
   <translation>{what} mit dem Namen „{name}“ gibt es schon.</translation>
  </message>
 </context>
 <context>
  <name>error empty_code</name>
  <message>
   <source>There is no code to save.</source>
   <translation>Es gibt keinen Code zu speichern.</translation>
  </message>
  <message>
   <source>Write at least one statement.</source>
   <translation>Schreiben Sie mindestens eine Anweisung.</translation>
  </message>
 </context>
 <context>
  <name>error file_not_found</name>
  <message>
   <source>Check the path.</source>
   <translation>Prüfen Sie den Pfad.</translation>
  </message>
  <message>
   <source>{path}: {reason}</source>
   <translation>{path}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error glyph_not_found</name>
  <message>
   <source>There is no glyph {glyph_id}.</source>
   <translation>Es gibt keine Glyphe {glyph_id}.</translation>
  </message>
 </context>
 <context>
  <name>error handler_failed</name>
  <message>
   <source>{exception}: {message}</source>
   <translation>{exception}: {message}</translation>
  </message>
  <message>
   <source>{exception}: {message} (line {line})</source>
   <translation>{exception}: {message} (Zeile {line})</translation>
  </message>
 </context>
 <context>
  <name>error handler_killed</name>
  <message>
   <source>A crash in native code or the system's memory guard does this.</source>
   <translation>Ein Absturz in nativem Code oder der Speicherwächter des Systems bewirkt das.</translation>
  </message>
  <message>
   <source>The process was ended by {signal}.</source>
   <translation>Der Prozess wurde durch {signal} beendet.</translation>
  </message>
 </context>
 <context>
  <name>error handler_limit</name>
  <message>
   <source>The {limit} limit of {value} was reached.</source>
   <translation>Die Grenze {limit} von {value} wurde erreicht.</translation>
  </message>
 </context>
 <context>
  <name>error handler_not_found</name>
  <message>
   <source>See: qntx handler list</source>
   <translation>Siehe: qntx handler list</translation>
  </message>
  <message>
   <source>There is no handler '{script_type}' version {version}.</source>
   <translation>Es gibt keinen Handler „{script_type}“ in Version {version}.</translation>
  </message>
  <message>
   <source>There is no handler '{script_type}'.</source>
   <translation>Es gibt keinen Handler „{script_type}“.</translation>
  </message>
 </context>
 <context>
  <name>error handler_timeout</name>
  <message>
   <source>Give it more time with  # timeout = "120s"  under [tool.qntx] in its inline metadata.</source>
   <translation>Geben Sie ihm mehr Zeit mit  # timeout = "120s"  unter [tool.qntx] in seinen Metadaten.</translation>
  </message>
  <message>
   <source>Stopped after {timeout_s} s.</source>
   <translation>Nach {timeout_s} s angehalten.</translation>
  </message>
 </context>
 <context>
  <name>error home_in_use</name>
  <message>
   <source>A window, qntx serve or a run is at work in {path}.</source>
   <translation>Ein Fenster, qntx serve oder ein Lauf arbeitet in {path}.</translation>
  </message>
  <message>
   <source>Close it and try again. Nothing was changed.</source>
   <translation>Schließen Sie es und versuchen Sie es noch einmal. Nichts wurde geändert.</translation>
  </message>
 </context>
 <context>
  <name>error home_not_empty</name>
  <message>
   <source>Say --replace to put the backup in its place; what is there now is kept in its folder backups.</source>
   <translation>Mit --replace tritt die Sicherung an seine Stelle; was jetzt da ist, bleibt in seinem Ordner backups erhalten.</translation>
  </message>
  <message>
   <source>The home {path} is in use already: it holds {attestations} attestations.</source>
   <translation>Der Heimordner {path} ist schon in Gebrauch: Er enthält {attestations} Attestationen.</translation>
  </message>
 </context>
 <context>
  <name>error home_unusable</name>
  <message>
   <source>Choose another with --home or QNTX_HOME.</source>
   <translation>Wählen Sie einen anderen mit --home oder QNTX_HOME.</translation>
  </message>
  <message>
   <source>The home folder {path} cannot be used: {reason}</source>
   <translation>Der Heimordner {path} ist nicht brauchbar: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error hook_not_found</name>
  <message>
   <source>See: qntx hook list</source>
   <translation>Siehe: qntx hook list</translation>
  </message>
  <message>
   <source>There is no webhook '{name}'.</source>
   <translation>Es gibt keinen Webhook „{name}“.</translation>
  </message>
 </context>
 <context>
  <name>error host_refused</name>
  <message>
   <source>The API does not answer as '{host}'.</source>
   <translation>Die API antwortet nicht unter dem Namen „{host}“.</translation>
  </message>
  <message>
   <source>Use http://127.0.0.1 with the port of the API.</source>
   <translation>Nehmen Sie http://127.0.0.1 mit dem Port der API.</translation>
  </message>
 </context>
 <context>
  <name>error interrupted_twice</name>
  <message>
   <source>Interrupted twice, so it was not started again.</source>
   <translation>Zweimal unterbrochen, deshalb nicht noch einmal gestartet.</translation>
  </message>
  <message>
   <source>Run it again when the reason is clear.</source>
   <translation>Führen Sie ihn erneut aus, wenn der Grund klar ist.</translation>
  </message>
 </context>
 <context>
  <name>error invalid_attestation</name>
  <message>
   <source>Correct {field}; nothing was stored.</source>
   <translation>Berichtigen Sie {field}; nichts wurde gespeichert.</translation>
  </message>
  <message>
   <source>{field}: {reason}</source>
   <translation>{field}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_backup</name>
  <message>
   <source>Nothing was changed. Use another backup.</source>
   <translation>Nichts wurde geändert. Nehmen Sie eine andere Sicherung.</translation>
  </message>
  <message>
   <source>{path}: {entry}: {reason}</source>
   <translation>{path}: {entry}: {reason}</translation>
  </message>
  <message>
   <source>{path}: {reason}</source>
   <translation>{path}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_bundle</name>
  <message>
   <source>Nothing was imported. Bundles are made by: qntx handler export, qntx canvas export -o F.qntx</source>
   <translation>Nichts wurde importiert. Bündel entstehen mit: qntx handler export, qntx canvas export -o F.qntx</translation>
  </message>
  <message>
   <source>The bundle cannot be imported: {entry}: {reason}</source>
   <translation>Das Bündel kann nicht importiert werden: {entry}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_command</name>
  <message>
   <source>A command looks like: ix csv ./people.csv</source>
   <translation>Ein Befehl sieht so aus: ix csv ./people.csv</translation>
  </message>
  <message>
   <source>{reason} (column {column})</source>
   <translation>{reason} (Spalte {column})</translation>
  </message>
 </context>
 <context>
  <name>error invalid_handler_name</name>
  <message>
   <source>'{name}' is not a handler name: {reason}</source>
   <translation>„{name}“ ist kein Name eines Handlers: {reason}</translation>
  </message>
  <message>
   <source>Use 1 to 64 small letters a-z, digits and hyphens, starting with a letter or digit.</source>
   <translation>Nehmen Sie 1 bis 64 Kleinbuchstaben a-z, Ziffern und Bindestriche, vorn ein Buchstabe oder eine Ziffer.</translation>
  </message>
 </context>
 <context>
  <name>error invalid_option</name>
  <message>
   <source>See: qntx config</source>
   <translation>Siehe: qntx config</translation>
  </message>
  <message>
   <source>{key} {reason}</source>
   <translation>{key} {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_payload</name>
  <message>
   <source>Correct {field} and try again.</source>
   <translation>Berichtigen Sie {field} und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>The payload of {job_type} is not valid: {field}: {reason}</source>
   <translation>Die Eingabe von {job_type} ist nicht gültig: {field}: {reason}</translation>
  </message>
  <message>
   <source>{what} is not valid: {field}: {reason}</source>
   <translation>{what} ist nicht gültig: {field}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_plugin</name>
  <message>
   <source>Correct {field} and try again.</source>
   <translation>Berichtigen Sie {field} und versuchen Sie es erneut.</translation>
  </message>
  <message>
   <source>Plugin '{plugin}': {field}: {reason}</source>
   <translation>Plugin „{plugin}“: {field}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_query</name>
  <message>
   <source>A query looks like: alice is member of TEAM by hr</source>
   <translation>Eine Abfrage sieht so aus: alice is member of TEAM by hr</translation>
  </message>
  <message>
   <source>{reason} (column {column})</source>
   <translation>{reason} (Spalte {column})</translation>
  </message>
 </context>
 <context>
  <name>error invalid_request</name>
  <message>
   <source>See: GET /openapi.json</source>
   <translation>Siehe: GET /openapi.json</translation>
  </message>
  <message>
   <source>{field} {reason}</source>
   <translation>{field} {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_schedule</name>
  <message>
   <source>Say --every 5m, or --cron '0 9 * * MON-FRI' for nine o'clock on working days.</source>
   <translation>Schreiben Sie --every 5m, oder --cron '0 9 * * MON-FRI' für neun Uhr an Werktagen.</translation>
  </message>
  <message>
   <source>The schedule cannot be followed: {reason}</source>
   <translation>Der Zeitplan ist nicht einzuhalten: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_secret</name>
  <message>
   <source>Names have 1 to 64 letters, digits, dots, hyphens and underscores; values at most 65,536 bytes.</source>
   <translation>Namen haben 1 bis 64 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche; Werte höchstens 65.536 Bytes.</translation>
  </message>
  <message>
   <source>The secret cannot be kept: its {field} {reason}.</source>
   <translation>Das Geheimnis kann nicht bewahrt werden: {field} {reason}.</translation>
  </message>
 </context>
 <context>
  <name>error invalid_source</name>
  <message>
   <source>Correct the {field} and try again.</source>
   <translation>Berichtigen Sie {field} und versuchen Sie es erneut.</translation>
  </message>
 </context>
 <context>
  <name>error invalid_token</name>
  <message>
   <source>See: qntx api token --help</source>
   <translation>Siehe: qntx api token --help</translation>
  </message>
  <message>
   <source>{field}: {reason}</source>
   <translation>{field}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error invalid_url</name>
  <message>
   <source>An address looks like: https://example.com/team/repository.git</source>
   <translation>Eine Adresse sieht so aus: https://example.com/team/repository.git</translation>
  </message>
 </context>
 <context>
  <name>error job_failed</name>
 </context>
 <context>
  <name>error job_not_cancellable</name>
  <message>
   <source>Job {job_id} is already {status}.</source>
   <translation>Auftrag {job_id} ist schon {status}.</translation>
  </message>
 </context>
 <context>
  <name>error job_not_found</name>
  <message>
   <source>See: qntx job list</source>
   <translation>Siehe: qntx job list</translation>
  </message>
  <message>
   <source>There is no job {job_id}.</source>
   <translation>Es gibt keinen Auftrag {job_id}.</translation>
  </message>
 </context>
 <context>
  <name>error key_missing</name>
  <message>
   <source>Restore the key with its recovery code: qntx secret recover. Nothing was changed.</source>
   <translation>Holen Sie den Schlüssel mit dem Rettungscode zurück: qntx secret recover. Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>The stored secrets cannot be read: {reason}.</source>
   <translation>Die gespeicherten Geheimnisse sind nicht lesbar: {reason}.</translation>
  </message>
 </context>
 <context>
  <name>error keyring_locked</name>
  <message>
   <source>The keyring is locked: {reason}.</source>
   <translation>Der Schlüsselbund ist gesperrt: {reason}.</translation>
  </message>
  <message>
   <source>Unlock it and try again. Stored secrets stay as they are.</source>
   <translation>Entsperren Sie ihn und versuchen Sie es erneut. Gespeicherte Geheimnisse bleiben, wie sie sind.</translation>
  </message>
 </context>
 <context>
  <name>error keyring_unavailable</name>
  <message>
   <source>Install or start a keyring (GNOME Keyring, KWallet), or set QNTX_PASSPHRASE to use a passphrase. Stored secrets stay as they are.</source>
   <translation>Installieren oder starten Sie einen Schlüsselbund (GNOME Keyring, KWallet), oder setzen Sie QNTX_PASSPHRASE, um ein Passwort zu nutzen. Gespeicherte Geheimnisse bleiben, wie sie sind.</translation>
  </message>
  <message>
   <source>The keyring of this computer cannot be used: {reason}.</source>
   <translation>Der Schlüsselbund dieses Rechners ist nicht brauchbar: {reason}.</translation>
  </message>
 </context>
 <context>
  <name>error method_not_allowed</name>
  <message>
   <source>Use {allowed}.</source>
   <translation>Nehmen Sie {allowed}.</translation>
  </message>
  <message>
   <source>{method} is not possible here.</source>
   <translation>{method} geht hier nicht.</translation>
  </message>
 </context>
 <context>
  <name>error no_ingest_script</name>
  <message>
   <source>Bring it back: qntx handler restore {script_type} --version {retired_version}</source>
   <translation>Holen Sie ihn zurück: qntx handler restore {script_type} --version {retired_version}</translation>
  </message>
  <message>
   <source>Create a handler: qntx handler create {script_type} --file handler.py</source>
   <translation>Legen Sie einen Handler an: qntx handler create {script_type} --file handler.py</translation>
  </message>
  <message>
   <source>Nothing knows '{script_type}' yet.</source>
   <translation>Noch kennt niemand „{script_type}“.</translation>
  </message>
  <message>
   <source>The handler of '{script_type}' is retired.</source>
   <translation>Der Handler von „{script_type}“ ist stillgelegt.</translation>
  </message>
 </context>
 <context>
  <name>error option_not_found</name>
  <message>
   <source>Did you mean: {nearest}</source>
   <translation>Meinten Sie: {nearest}</translation>
  </message>
  <message>
   <source>See: qntx config</source>
   <translation>Siehe: qntx config</translation>
  </message>
  <message>
   <source>There is no option '{key}'.</source>
   <translation>Es gibt keine Einstellung „{key}“.</translation>
  </message>
 </context>
 <context>
  <name>error origin_refused</name>
  <message>
   <source>List it, if it is yours: qntx config api.origins http://localhost:3000</source>
   <translation>Nennen Sie sie, wenn es Ihre ist: qntx config api.origins http://localhost:3000</translation>
  </message>
  <message>
   <source>Pages of '{origin}' may not use the API.</source>
   <translation>Seiten von „{origin}“ dürfen die API nicht nutzen.</translation>
  </message>
 </context>
 <context>
  <name>error packages_missing</name>
  <message>
   <source>Go online and run it again: packages are fetched once, and kept.</source>
   <translation>Gehen Sie online und führen Sie es erneut aus: Pakete werden einmal geholt und bleiben.</translation>
  </message>
  <message>
   <source>Not on this machine: {packages}. {reason}</source>
   <translation>Nicht auf diesem Rechner: {packages}. {reason}</translation>
  </message>
 </context>
 <context>
  <name>error packages_unresolved</name>
  <message>
   <source>Change  # dependencies = [...]  in the inline metadata. Only packages with wheels are used.</source>
   <translation>Ändern Sie  # dependencies = [...]  in den Metadaten. Nur Pakete mit Wheels werden genommen.</translation>
  </message>
  <message>
   <source>The dependencies cannot be met: {reason}</source>
   <translation>Die Abhängigkeiten sind nicht zu erfüllen: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error path_outside_source</name>
  <message>
   <source>'{path}' is not a path inside the source: {reason}</source>
   <translation>„{path}“ ist kein Pfad in der Quelle: {reason}</translation>
  </message>
  <message>
   <source>Use a path such as lib/feed.py.</source>
   <translation>Nehmen Sie einen Pfad wie lib/feed.py.</translation>
  </message>
 </context>
 <context>
  <name>error path_refused</name>
  <message>
   <source>Change  # {kind} = [...]  in the inline metadata.</source>
   <translation>Ändern Sie  # {kind} = [...]  in den Metadaten.</translation>
  </message>
  <message>
   <source>{path} cannot be opened for a handler to {kind}: {reason}</source>
   <translation>{path} kann für einen Handler nicht geöffnet werden ({kind}): {reason}</translation>
  </message>
 </context>
 <context>
  <name>error permission_required</name>
  <message>
   <source>Look at it, then allow it.</source>
   <translation>Sehen Sie es an, dann erlauben Sie es.</translation>
  </message>
  <message>
   <source>Look at it, then allow it: qntx handler allow {name}</source>
   <translation>Sehen Sie es an, dann erlauben Sie es: qntx handler allow {name}</translation>
  </message>
  <message>
   <source>Look at it, then allow it: qntx handler allow {script_type} --version {version}</source>
   <translation>Sehen Sie es an, dann erlauben Sie es: qntx handler allow {script_type} --version {version}</translation>
  </message>
  <message>
   <source>{subject} needs your permission: {what}</source>
   <translation>{subject} braucht Ihre Erlaubnis: {what}</translation>
  </message>
 </context>
 <context>
  <name>error plugin_failed</name>
  <message>
   <source>Plugin '{plugin}' failed at {handler}: {reason}</source>
   <translation>Plugin „{plugin}“ ist an {handler} gescheitert: {reason}</translation>
  </message>
  <message>
   <source>What it said meanwhile: qntx plugin logs {plugin}</source>
   <translation>Was es dabei sagte: qntx plugin logs {plugin}</translation>
  </message>
 </context>
 <context>
  <name>error plugin_not_found</name>
  <message>
   <source>See: qntx plugin list. Add one with: qntx plugin add PATH</source>
   <translation>Siehe: qntx plugin list. Eines hinzufügen: qntx plugin add PATH</translation>
  </message>
  <message>
   <source>There is no plugin '{name}'.</source>
   <translation>Es gibt kein Plugin „{name}“.</translation>
  </message>
 </context>
 <context>
  <name>error plugin_timeout</name>
  <message>
   <source>Give its jobs more time: qntx config plugins.job_timeout_s SECONDS</source>
   <translation>Geben Sie seinen Aufträgen mehr Zeit: qntx config plugins.job_timeout_s SECONDS</translation>
  </message>
  <message>
   <source>Plugin '{plugin}' did not end {handler} within {timeout_s} s.</source>
   <translation>Plugin „{plugin}“ wurde mit {handler} nicht in {timeout_s} s fertig.</translation>
  </message>
 </context>
 <context>
  <name>error plugin_unavailable</name>
  <message>
   <source>Plugin '{plugin}' is not available: {reason}</source>
   <translation>Plugin „{plugin}“ ist nicht erreichbar: {reason}</translation>
  </message>
  <message>
   <source>See: qntx plugin logs {plugin}</source>
   <translation>Siehe: qntx plugin logs {plugin}</translation>
  </message>
 </context>
 <context>
  <name>error port_taken</name>
  <message>
   <source>Choose another port: qntx config api.port 8900</source>
   <translation>Wählen Sie einen anderen Port: qntx config api.port 8900</translation>
  </message>
  <message>
   <source>The API cannot listen on 127.0.0.1:{port}: {reason}</source>
   <translation>Die API kann auf 127.0.0.1:{port} nicht antworten: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error python_required</name>
  <message>
   <source>Install such a Python, or change  # requires-python = ...  in the inline metadata.</source>
   <translation>Installieren Sie ein solches Python, oder ändern Sie  # requires-python = ...  in den Metadaten.</translation>
  </message>
  <message>
   <source>The code needs Python {wanted}; handlers run on Python {found} here.</source>
   <translation>Der Code braucht Python {wanted}; Handler laufen hier mit Python {found}.</translation>
  </message>
 </context>
 <context>
  <name>error remote_unreachable</name>
  <message>
   <source>The files that are here stay as they are. Try again later.</source>
   <translation>Die vorhandenen Dateien bleiben, wie sie sind. Versuchen Sie es später erneut.</translation>
  </message>
 </context>
 <context>
  <name>error request_timeout</name>
  <message>
   <source>Send it at once.</source>
   <translation>Schicken Sie alles auf einmal.</translation>
  </message>
  <message>
   <source>The request was not complete after {seconds} s.</source>
   <translation>Die Anfrage war nach {seconds} s nicht vollständig.</translation>
  </message>
 </context>
 <context>
  <name>error route_not_found</name>
  <message>
   <source>See: GET /openapi.json</source>
   <translation>Siehe: GET /openapi.json</translation>
  </message>
  <message>
   <source>There is nothing at {path}</source>
   <translation>Unter {path} gibt es nichts</translation>
  </message>
 </context>
 <context>
  <name>error schedule_not_found</name>
  <message>
   <source>See: qntx schedule list</source>
   <translation>Siehe: qntx schedule list</translation>
  </message>
  <message>
   <source>There is no schedule {schedule_id}.</source>
   <translation>Es gibt keinen Zeitplan {schedule_id}.</translation>
  </message>
 </context>
 <context>
  <name>error scope_required</name>
  <message>
   <source>Make one that may: qntx api token NAME --scopes read,{scope}</source>
   <translation>Machen Sie einen, der es darf: qntx api token NAME --scopes read,{scope}</translation>
  </message>
  <message>
   <source>The token of '{name}' may not {scope}.</source>
   <translation>Das Token von „{name}“ erlaubt {scope} nicht.</translation>
  </message>
 </context>
 <context>
  <name>error seal_broken</name>
  <message>
   <source>Set it again. Everything else is readable.</source>
   <translation>Setzen Sie es neu. Alles andere ist lesbar.</translation>
  </message>
  <message>
   <source>What is stored as {place} cannot be read: it is damaged or does not belong there.</source>
   <translation>Was als {place} gespeichert ist, ist nicht lesbar: es ist beschädigt oder gehört nicht dorthin.</translation>
  </message>
 </context>
 <context>
  <name>error secret_not_declared</name>
  <message>
   <source>Add to [tool.qntx] in the script's metadata: secrets = ["{name}"]</source>
   <translation>Fügen Sie unter [tool.qntx] in den Metadaten des Skripts hinzu: secrets = ["{name}"]</translation>
  </message>
  <message>
   <source>This script may not be told the secret '{name}': it does not declare it.</source>
   <translation>Dieses Skript darf das Geheimnis „{name}“ nicht erfahren: es nennt es nicht.</translation>
  </message>
 </context>
 <context>
  <name>error secret_not_found</name>
  <message>
   <source>Set it: qntx secret set {name}</source>
   <translation>Setzen Sie es: qntx secret set {name}</translation>
  </message>
  <message>
   <source>The secret '{name}' is not set.</source>
   <translation>Das Geheimnis „{name}“ ist nicht gesetzt.</translation>
  </message>
 </context>
 <context>
  <name>error source_not_editable</name>
  <message>
   <source>Change them where they come from and sync, or copy them to a manual source.</source>
   <translation>Ändern Sie sie dort, woher sie kommen, und gleichen Sie ab, oder kopieren Sie sie in eine eigene Quelle.</translation>
  </message>
  <message>
   <source>The files of '{name}' come from {type} and cannot be changed here.</source>
   <translation>Die Dateien von „{name}“ kommen von {type} und können hier nicht geändert werden.</translation>
  </message>
 </context>
 <context>
  <name>error source_not_found</name>
  <message>
   <source>See: qntx source list</source>
   <translation>Siehe: qntx source list</translation>
  </message>
  <message>
   <source>There is no code source '{name}'.</source>
   <translation>Es gibt keine Codequelle „{name}“.</translation>
  </message>
 </context>
 <context>
  <name>error source_not_syncable</name>
  <message>
   <source>'{name}' is a {type} source: there is nothing to sync it with.</source>
   <translation>„{name}“ ist eine Quelle der Art {type}: es gibt nichts, womit sie abzugleichen wäre.</translation>
  </message>
  <message>
   <source>Its files are what lies in its folder.</source>
   <translation>Ihre Dateien sind, was in ihrem Ordner liegt.</translation>
  </message>
 </context>
 <context>
  <name>error stale_file</name>
  <message>
   <source>Open it again, or save again to put yours in its place.</source>
   <translation>Öffnen Sie sie erneut, oder speichern Sie noch einmal, um Ihre an ihre Stelle zu setzen.</translation>
  </message>
  <message>
   <source>{path} was changed or removed since it was opened.</source>
   <translation>{path} wurde geändert oder entfernt, seit sie geöffnet wurde.</translation>
  </message>
 </context>
 <context>
  <name>error stale_version</name>
  <message>
   <source>'{script_type}' is at version {actual}, not {expected}.</source>
   <translation>„{script_type}“ ist bei Version {actual}, nicht {expected}.</translation>
  </message>
  <message>
   <source>Open the newer version, or save again to put yours on top.</source>
   <translation>Öffnen Sie die neuere Version, oder speichern Sie noch einmal, um Ihre darüber zu setzen.</translation>
  </message>
 </context>
 <context>
  <name>error store_busy</name>
  <message>
   <source>Another program is writing; try again in a moment.</source>
   <translation>Ein anderes Programm schreibt; versuchen Sie es gleich noch einmal.</translation>
  </message>
  <message>
   <source>The store is busy.</source>
   <translation>Der Speicher ist beschäftigt.</translation>
  </message>
 </context>
 <context>
  <name>error store_corrupt</name>
  <message>
   <source>Nothing was changed. No backup was found; keep the file and its -wal beside it.</source>
   <translation>Nichts wurde geändert. Es fand sich keine Sicherung; behalten Sie die Datei und ihre -wal daneben.</translation>
  </message>
  <message>
   <source>Nothing was changed. The newest good backup is {backup}: qntx restore, with --replace.</source>
   <translation>Nichts wurde geändert. Die neueste gute Sicherung ist {backup}: qntx restore, mit --replace.</translation>
  </message>
  <message>
   <source>The store is damaged: {reason}</source>
   <translation>Der Speicher ist beschädigt: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error store_fault</name>
  <message>
   <source>The store failed: {reason}</source>
   <translation>Der Speicher versagte: {reason}</translation>
  </message>
  <message>
   <source>Try again; if it stays, restart the app.</source>
   <translation>Versuchen Sie es erneut; bleibt es so, starten Sie die App neu.</translation>
  </message>
 </context>
 <context>
  <name>error store_newer</name>
  <message>
   <source>Nothing was changed. Update the app, or choose another home with --home.</source>
   <translation>Nichts wurde geändert. Aktualisieren Sie die App, oder wählen Sie einen anderen Heimordner mit --home.</translation>
  </message>
  <message>
   <source>The store was written by a newer version ({written_by}).</source>
   <translation>Der Speicher wurde von einer neueren Version geschrieben ({written_by}).</translation>
  </message>
 </context>
 <context>
  <name>error store_read_only</name>
  <message>
   <source>Allow writing to {path}, or choose another home with --home.</source>
   <translation>Erlauben Sie das Schreiben nach {path}, oder wählen Sie einen anderen Heimordner mit --home.</translation>
  </message>
  <message>
   <source>The store cannot be written.</source>
   <translation>In den Speicher kann nicht geschrieben werden.</translation>
  </message>
 </context>
 <context>
  <name>error superseded</name>
  <message>
   <source>Replaced by job {by_job_id}.</source>
   <translation>Ersetzt durch Auftrag {by_job_id}.</translation>
  </message>
 </context>
 <context>
  <name>error sync_failed</name>
  <message>
   <source>The files that are here stay as they are.</source>
   <translation>Die vorhandenen Dateien bleiben, wie sie sind.</translation>
  </message>
 </context>
 <context>
  <name>error syntax_error</name>
  <message>
   <source>Correct that line and try again; nothing was run or saved.</source>
   <translation>Berichtigen Sie diese Zeile und versuchen Sie es erneut; nichts wurde ausgeführt oder gespeichert.</translation>
  </message>
  <message>
   <source>Line {line}, column {column}: {reason}</source>
   <translation>Zeile {line}, Spalte {column}: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error token_not_found</name>
  <message>
   <source>See: qntx api tokens</source>
   <translation>Siehe: qntx api tokens</translation>
  </message>
  <message>
   <source>There is no token of '{name}'.</source>
   <translation>Es gibt kein Token von „{name}“.</translation>
  </message>
 </context>
 <context>
  <name>error too_many_requests</name>
  <message>
   <source>Too many requests in a short time.</source>
   <translation>Zu viele Anfragen in kurzer Zeit.</translation>
  </message>
  <message>
   <source>Try again in {retry_after_s} s. The limit is set with: qntx config api.calls_per_minute</source>
   <translation>Versuchen Sie es in {retry_after_s} s erneut. Die Grenze setzt: qntx config api.calls_per_minute</translation>
  </message>
 </context>
 <context>
  <name>error unauthorized</name>
  <message>
   <source>Send the header Authorization: Bearer TOKEN. Make a token with: qntx api token</source>
   <translation>Schicken Sie den Kopf Authorization: Bearer TOKEN. Ein Token macht: qntx api token</translation>
  </message>
  <message>
   <source>The request was refused: {reason}.</source>
   <translation>Die Anfrage wurde abgelehnt: {reason}.</translation>
  </message>
 </context>
 <context>
  <name>error unexpected</name>
  <message>
   <source>Something went wrong inside the app: {reason}</source>
   <translation>In der App ging etwas schief: {reason}</translation>
  </message>
  <message>
   <source>The log in the home folder has the details.</source>
   <translation>Das Protokoll im Heimordner weiß mehr.</translation>
  </message>
 </context>
 <context>
  <name>error unknown_flag</name>
  <message>
   <source>Try: qntx --help</source>
   <translation>Versuchen Sie: qntx --help</translation>
  </message>
  <message>
   <source>Try: qntx {verb} --help</source>
   <translation>Versuchen Sie: qntx {verb} --help</translation>
  </message>
  <message>
   <source>Unknown option {flag}</source>
   <translation>Unbekannte Option {flag}</translation>
  </message>
  <message>
   <source>Unknown option {flag} for {verb}</source>
   <translation>Unbekannte Option {flag} für {verb}</translation>
  </message>
 </context>
 <context>
  <name>error unsupported_media_type</name>
  <message>
   <source>Send it uncompressed, with Content-Type: application/json.</source>
   <translation>Schicken Sie es ungepackt, mit Content-Type: application/json.</translation>
  </message>
  <message>
   <source>The body is said to be '{found}'.</source>
   <translation>Der Inhalt soll „{found}“ sein.</translation>
  </message>
 </context>
 <context>
  <name>error webhook_disabled</name>
  <message>
   <source>'{name}' takes no webhooks.</source>
   <translation>„{name}“ nimmt keine Webhooks an.</translation>
  </message>
  <message>
   <source>Switch them on: {command}</source>
   <translation>Schalten Sie sie ein: {command}</translation>
  </message>
 </context>
 <context>
  <name>error webhook_unauthorized</name>
  <message>
   <source>Give both sides the same secret.</source>
   <translation>Geben Sie beiden Seiten dasselbe Geheimnis.</translation>
  </message>
  <message>
   <source>The webhook was refused: {reason}</source>
   <translation>Der Webhook wurde abgelehnt: {reason}</translation>
  </message>
 </context>
 <context>
  <name>error worker_lost</name>
  <message>
   <source>The worker that ran this was lost: {address}.</source>
   <translation>Der Worker, der dies ausführte, ist verloren: {address}.</translation>
  </message>
  <message>
   <source>Try again; when it happens again, look after the cluster.</source>
   <translation>Versuchen Sie es erneut; geschieht es wieder, sehen Sie nach dem Cluster.</translation>
  </message>
 </context>
 <context>
  <name>error wrong_recovery_code</name>
  <message>
   <source>The recovery code does not fit: {reason}.</source>
   <translation>Der Rettungscode passt nicht: {reason}.</translation>
  </message>
  <message>
   <source>Type the newest code that this home has shown. Nothing was changed.</source>
   <translation>Geben Sie den neuesten Code ein, den dieser Heimordner gezeigt hat. Nichts wurde geändert.</translation>
  </message>
 </context>
 <context>
  <name>below</name>
  <message>
   <source>'{clause}' is no condition on a version, such as &gt;=3.11</source>
   <translation>„{clause}“ ist keine Bedingung an eine Version, wie &gt;=3.11</translation>
  </message>
  <message>
   <source>'{clause}': .* goes with == and != only</source>
   <translation>„{clause}“: .* gehört nur zu == und !=</translation>
  </message>
  <message>
   <source>'{clause}': ~= needs two numbers, such as ~=3.11</source>
   <translation>„{clause}“: ~= braucht zwei Zahlen, wie ~=3.11</translation>
  </message>
  <message>
   <source>'{cron}' never comes within fifty years</source>
   <translation>„{cron}“ kommt in fünfzig Jahren nicht</translation>
  </message>
  <message>
   <source>'{cron}': bad day-of-month</source>
   <translation>„{cron}“: der Tag des Monats stimmt nicht</translation>
  </message>
  <message>
   <source>'{cron}': bad day-of-week</source>
   <translation>„{cron}“: der Wochentag stimmt nicht</translation>
  </message>
  <message>
   <source>'{cron}': bad hour</source>
   <translation>„{cron}“: die Stunde stimmt nicht</translation>
  </message>
  <message>
   <source>'{cron}': bad minute</source>
   <translation>„{cron}“: die Minute stimmt nicht</translation>
  </message>
  <message>
   <source>'{cron}': bad month</source>
   <translation>„{cron}“: der Monat stimmt nicht</translation>
  </message>
  <message>
   <source>'{event}' changes no files.</source>
   <translation>„{event}“ ändert keine Dateien.</translation>
  </message>
  <message>
   <source>'{key}' has spent {spent} of the {allowed} USD it may cost a {period}.</source>
   <translation>„{key}“ hat {spent} von {allowed} USD ausgegeben, die es kosten darf (Zeitraum: {period}).</translation>
  </message>
  <message>
   <source>'{key}' may run {_times} a minute; this waits for its turn.</source>
   <translation>„{key}“ darf {_times} in der Minute laufen; dieser Auftrag wartet, bis er an der Reihe ist.</translation>
  </message>
  <message>
   <source>'{name}' does not follow {delivery}.</source>
   <translation>„{name}“ folgt {delivery} nicht.</translation>
  </message>
  <message>
   <source>'{name}' hears you.</source>
   <translation>„{name}“ hört Sie.</translation>
  </message>
  <message>
   <source>'{name}' is a name that Windows keeps for a device.</source>
   <translation>„{name}“ ist ein Name, den Windows für ein Gerät vorhält.</translation>
  </message>
  <message>
   <source>'{name}' is not one</source>
   <translation>„{name}“ ist keiner</translation>
  </message>
  <message>
   <source>'{name}' was not synced yet</source>
   <translation>„{name}“ wurde noch nicht abgeglichen</translation>
  </message>
  <message>
   <source>'{path}' and '{prefix}{twins}' are one name on some systems.</source>
   <translation>„{path}“ und „{prefix}{twins}“ sind auf manchen Systemen ein Name.</translation>
  </message>
  <message>
   <source>'{path}' is not a git repository.</source>
   <translation>„{path}“ ist kein Git-Repository.</translation>
  </message>
  <message>
   <source>'{plain}' has {count} of the five fields of a cron line</source>
   <translation>„{plain}“ hat {count} der fünf Felder einer Cron-Zeile</translation>
  </message>
  <message>
   <source>'{reserved}' is kept for the handler registry</source>
   <translation>„{reserved}“ ist dem Verzeichnis der Handler vorbehalten</translation>
  </message>
  <message>
   <source>'{shown_text}' is not a file of a code source</source>
   <translation>„{shown_text}“ ist keine Datei einer Codequelle</translation>
  </message>
  <message>
   <source>'{shown_text}' is not a git folder</source>
   <translation>„{shown_text}“ ist kein Git-Ordner</translation>
  </message>
  <message>
   <source>'{shown_text}' is not an address of a git repository</source>
   <translation>„{shown_text}“ ist keine Adresse eines Git-Repositorys</translation>
  </message>
  <message>
   <source>'{shown}' cannot be the name of a {what}.</source>
   <translation>„{shown}“ kann nicht so heißen ({what}).</translation>
  </message>
  <message>
   <source>'{shown}' has {size_bytes} bytes, at most {MAX_FILE_BYTES}.</source>
   <translation>„{shown}“ hat {size_bytes} Bytes, höchstens {MAX_FILE_BYTES}.</translation>
  </message>
  <message>
   <source>'{shown}' is a link that leads outside.</source>
   <translation>„{shown}“ ist ein Verweis, der hinausführt.</translation>
  </message>
  <message>
   <source>'{shown}' is no file, folder or link ({mode}).</source>
   <translation>„{shown}“ ist weder Datei noch Ordner noch Verweis ({mode}).</translation>
  </message>
  <message>
   <source>'{shown}' is not 1 to 64 letters, digits, dots, hyphens and underscores</source>
   <translation>„{shown}“ ist nicht 1 bis 64 Buchstaben, Ziffern, Punkte, Binde- und Unterstriche</translation>
  </message>
  <message>
   <source>'{shown}' is not a name of a code source (position {position}).</source>
   <translation>„{shown}“ ist kein Name einer Codequelle (Stelle {position}).</translation>
  </message>
  <message>
   <source>'{status}' is for the host to say</source>
   <translation>„{status}“ zu sagen ist Sache des Wirts</translation>
  </message>
  <message>
   <source>'{status}' is not known</source>
   <translation>„{status}“ ist nicht bekannt</translation>
  </message>
  <message>
   <source>'{text}' cannot stand for {element}: there are no wildcards</source>
   <translation>„{text}“ kann nicht für {element} stehen: es gibt keine Platzhalter</translation>
  </message>
  <message>
   <source>'{text}' has no meaning in a query, so it cannot be {element}</source>
   <translation>„{text}“ hat in einer Abfrage keine Bedeutung, kann also nicht {element} sein</translation>
  </message>
  <message>
   <source>'{text}' is no constraint of versions</source>
   <translation>„{text}“ ist keine Bedingung an Versionen</translation>
  </message>
  <message>
   <source>'{text}' is no folder and no address.</source>
   <translation>„{text}“ ist weder Ordner noch Adresse.</translation>
  </message>
  <message>
   <source>'{text}' is no interval</source>
   <translation>„{text}“ ist kein Abstand</translation>
  </message>
  <message>
   <source>'{text}' is no policy for missed runs</source>
   <translation>„{text}“ sagt nicht, was mit verpassten Läufen geschieht</translation>
  </message>
  <message>
   <source>'{text}' is no time and no commit.</source>
   <translation>„{text}“ ist weder Zeit noch Commit.</translation>
  </message>
  <message>
   <source>'{text}' is no version</source>
   <translation>„{text}“ ist keine Version</translation>
  </message>
  <message>
   <source>'{unknown}' is not known</source>
   <translation>„{unknown}“ ist nicht bekannt</translation>
  </message>
  <message>
   <source>'{value}' is no time such as 2026-11-21T08:00:00Z</source>
   <translation>„{value}“ ist keine Zeit wie 2026-11-21T08:00:00Z</translation>
  </message>
  <message>
   <source>--since needs a value</source>
   <translation>--since braucht einen Wert</translation>
  </message>
  <message>
   <source>0 switches it off.</source>
   <translation>0 schaltet es ab.</translation>
  </message>
  <message>
   <source>A code source</source>
   <translation>Eine Codequelle</translation>
  </message>
  <message>
   <source>A command starts with ix, not with {shown_text}</source>
   <translation>Ein Befehl beginnt mit ix, nicht mit {shown_text}</translation>
  </message>
  <message>
   <source>A commit is named by all its 40 hexadecimal digits.</source>
   <translation>Ein Commit wird mit allen 40 Hexadezimalziffern genannt.</translation>
  </message>
  <message>
   <source>A dry run holds them in memory; run it for real.</source>
   <translation>Ein Probelauf hält sie im Arbeitsspeicher; führen Sie es wirklich aus.</translation>
  </message>
  <message>
   <source>A file cannot be written: {strerror}</source>
   <translation>Eine Datei kann nicht geschrieben werden: {strerror}</translation>
  </message>
  <message>
   <source>A git source has no setting '{unknown}'.</source>
   <translation>Eine Git-Quelle hat keine Einstellung „{unknown}“.</translation>
  </message>
  <message>
   <source>A handler reaches the files that its arguments name and those that it declares:  # read = [{quoted}]  (or write) under [tool.qntx] in its metadata.</source>
   <translation>Ein Handler erreicht die Dateien, die seine Argumente nennen, und die, die er selbst nennt:  # read = [{quoted}]  (oder write) unter [tool.qntx] in seinen Metadaten.</translation>
  </message>
  <message>
   <source>A manual source has no interval: its files are what lies in its folder.</source>
   <translation>Eine eigene Quelle hat keinen Abstand: ihre Dateien sind, was in ihrem Ordner liegt.</translation>
  </message>
  <message>
   <source>A manual source has no token.</source>
   <translation>Eine eigene Quelle hat kein Token.</translation>
  </message>
  <message>
   <source>A manual source has no {given}.</source>
   <translation>Eine eigene Quelle hat kein {given}.</translation>
  </message>
  <message>
   <source>A token is 1 to {MAX_TOKEN_CHARS} printable ASCII characters, no spaces.</source>
   <translation>Ein Token hat 1 bis {MAX_TOKEN_CHARS} druckbare ASCII-Zeichen, keine Leerzeichen.</translation>
  </message>
  <message>
   <source>Add it under that name: qntx plugin add {path} --name NAME</source>
   <translation>Fügen Sie es unter diesem Namen hinzu: qntx plugin add {path} --name NAME</translation>
  </message>
  <message>
   <source>Add it: qntx plugin enable {name}</source>
   <translation>Fügen Sie es hinzu: qntx plugin enable {name}</translation>
  </message>
  <message>
   <source>Address already in use</source>
   <translation>Adresse wird schon benutzt</translation>
  </message>
  <message>
   <source>Addresses with {ascii}:// are not supported.</source>
   <translation>Adressen mit {ascii}:// werden nicht unterstützt.</translation>
  </message>
  <message>
   <source>Allow it: chmod +x {path}</source>
   <translation>Erlauben Sie es: chmod +x {path}</translation>
  </message>
  <message>
   <source>An address that starts a program (ext:: and the like) is never used.</source>
   <translation>Eine Adresse, die ein Programm startet (ext:: und Ähnliches), wird nie benutzt.</translation>
  </message>
  <message>
   <source>An object of the commit is missing.</source>
   <translation>Ein Objekt des Commits fehlt.</translation>
  </message>
  <message>
   <source>Ask for less, or choose a smaller limit.</source>
   <translation>Fragen Sie nach weniger, oder wählen Sie eine kleinere Grenze.</translation>
  </message>
  <message>
   <source>Ask in several queries.</source>
   <translation>Fragen Sie in mehreren Abfragen.</translation>
  </message>
  <message>
   <source>Both a {given} and a {given2} were given.</source>
   <translation>{given} und {given2} wurden beide angegeben.</translation>
  </message>
  <message>
   <source>Cancelled before a worker took it.</source>
   <translation>Abgebrochen, bevor ein Worker es nahm.</translation>
  </message>
  <message>
   <source>Cancelled before it began.</source>
   <translation>Abgebrochen, bevor es anfing.</translation>
  </message>
  <message>
   <source>Cancelled while packages were fetched.</source>
   <translation>Abgebrochen, während Pakete geholt wurden.</translation>
  </message>
  <message>
   <source>Cancelled.</source>
   <translation>Abgebrochen.</translation>
  </message>
  <message>
   <source>Cannot allocate memory</source>
   <translation>Kein Arbeitsspeicher mehr</translation>
  </message>
  <message>
   <source>Check HTTPS_PROXY and NO_PROXY.</source>
   <translation>Prüfen Sie HTTPS_PROXY und NO_PROXY.</translation>
  </message>
  <message>
   <source>Check the address and the network; try again later.</source>
   <translation>Prüfen Sie Adresse und Netz; versuchen Sie es später erneut.</translation>
  </message>
  <message>
   <source>Check the address, and the network.</source>
   <translation>Prüfen Sie die Adresse und das Netz.</translation>
  </message>
  <message>
   <source>Check the address, the network and the proxy.</source>
   <translation>Prüfen Sie Adresse, Netz und Proxy.</translation>
  </message>
  <message>
   <source>Check the address.</source>
   <translation>Prüfen Sie die Adresse.</translation>
  </message>
  <message>
   <source>Check the path.</source>
   <translation>Prüfen Sie den Pfad.</translation>
  </message>
  <message>
   <source>Checking the backup</source>
   <translation>Die Sicherung wird geprüft</translation>
  </message>
  <message>
   <source>Choose a limit from 1 to {MAX_LIMIT}.</source>
   <translation>Wählen Sie eine Grenze von 1 bis {MAX_LIMIT}.</translation>
  </message>
  <message>
   <source>Choose another name.</source>
   <translation>Wählen Sie einen anderen Namen.</translation>
  </message>
  <message>
   <source>Choosing packages: {map}</source>
   <translation>Pakete werden gewählt: {map}</translation>
  </message>
  <message>
   <source>Clone it, and name the folder.</source>
   <translation>Klonen Sie es, und nennen Sie den Ordner.</translation>
  </message>
  <message>
   <source>Close it, or put the other kind of quotes around it.</source>
   <translation>Schließen Sie es, oder nehmen Sie die anderen Anführungszeichen.</translation>
  </message>
  <message>
   <source>Close it, or put the other kind of quotes around the name.</source>
   <translation>Schließen Sie es, oder setzen Sie den Namen in die anderen Anführungszeichen.</translation>
  </message>
  <message>
   <source>Connection refused</source>
   <translation>Verbindung abgelehnt</translation>
  </message>
  <message>
   <source>Connection reset by peer</source>
   <translation>Verbindung von der Gegenseite abgebrochen</translation>
  </message>
  <message>
   <source>Connection timed out</source>
   <translation>Zeit für die Verbindung abgelaufen</translation>
  </message>
  <message>
   <source>Copy a smaller folder, or put it there yourself.</source>
   <translation>Kopieren Sie einen kleineren Ordner, oder legen Sie ihn selbst dorthin.</translation>
  </message>
  <message>
   <source>Copying the store</source>
   <translation>Der Speicher wird kopiert</translation>
  </message>
  <message>
   <source>Correct it in {path}, or: qntx config {key} --reset</source>
   <translation>Berichtigen Sie es in {path}, oder: qntx config {key} --reset</translation>
  </message>
  <message>
   <source>Correct the line; nothing was stored.</source>
   <translation>Berichtigen Sie die Zeile; nichts wurde gespeichert.</translation>
  </message>
  <message>
   <source>Dates and times in queries are not built yet: '{keyword}'</source>
   <translation>Tage und Zeiten in Abfragen gibt es noch nicht: „{keyword}“</translation>
  </message>
  <message>
   <source>Device or resource busy</source>
   <translation>Gerät oder Datei wird gerade benutzt</translation>
  </message>
  <message>
   <source>Directory not empty</source>
   <translation>Der Ordner ist nicht leer</translation>
  </message>
  <message>
   <source>Do it again: qntx restore {unfinished} --replace</source>
   <translation>Tun Sie es noch einmal: qntx restore {unfinished} --replace</translation>
  </message>
  <message>
   <source>Enable it: qntx plugin enable {name}</source>
   <translation>Schalten Sie es ein: qntx plugin enable {name}</translation>
  </message>
  <message>
   <source>Fetch it again: qntx source sync {names}</source>
   <translation>Holen Sie es erneut: qntx source sync {names}</translation>
  </message>
  <message>
   <source>Fetching {missing}</source>
   <translation>{missing} wird geholt</translation>
  </message>
  <message>
   <source>File exists</source>
   <translation>Die Datei gibt es schon</translation>
  </message>
  <message>
   <source>File name too long</source>
   <translation>Der Dateiname ist zu lang</translation>
  </message>
  <message>
   <source>Files of keys are made by Export in the sheet of keys. Nothing was changed.</source>
   <translation>Tastendateien macht „Exportieren“ in der Tastenübersicht. Geändert wurde nichts.</translation>
  </message>
  <message>
   <source>Finished, but not saved yet.</source>
   <translation>Fertig, aber noch nicht gespeichert.</translation>
  </message>
  <message>
   <source>Follow another one: qntx source update</source>
   <translation>Folgen Sie einem anderen: qntx source update</translation>
  </message>
  <message>
   <source>Give a token that may read this repository.</source>
   <translation>Geben Sie ein Token, das dieses Repository lesen darf.</translation>
  </message>
  <message>
   <source>Give a token that may read.</source>
   <translation>Geben Sie ein Token, das lesen darf.</translation>
  </message>
  <message>
   <source>Give it more with  # memory = "1GB"  under [tool.qntx] in its inline metadata.</source>
   <translation>Geben Sie ihm mehr mit  # memory = "1GB"  unter [tool.qntx] in seinen Metadaten.</translation>
  </message>
  <message>
   <source>Give last_run, a time such as 2026-11-01 or 2026-11-01T08:00:00Z, or a commit of 4 to 40 digits.</source>
   <translation>Geben Sie last_run an, eine Zeit wie 2026-11-01 oder 2026-11-01T08:00:00Z, oder einen Commit mit 4 bis 40 Ziffern.</translation>
  </message>
  <message>
   <source>Give one of branch, tag and commit; without any, the default branch is followed.</source>
   <translation>Geben Sie Zweig, Marke oder Commit an; ohne eines davon gilt der Hauptzweig.</translation>
  </message>
  <message>
   <source>Give one with --name.</source>
   <translation>Geben Sie einen mit --name.</translation>
  </message>
  <message>
   <source>Give the path of the program.</source>
   <translation>Geben Sie den Pfad des Programms an.</translation>
  </message>
  <message>
   <source>Give the token for the new server, or an empty one to go without.</source>
   <translation>Geben Sie das Token für den neuen Server, oder ein leeres, um ohne zu arbeiten.</translation>
  </message>
  <message>
   <source>Half a character (surrogate)</source>
   <translation>Ein halbes Zeichen (Surrogat)</translation>
  </message>
  <message>
   <source>Handlers cannot start programs, open sockets past the app, or reach other processes.</source>
   <translation>Handler können keine Programme starten, keine Sockets an der App vorbei öffnen und andere Prozesse nicht erreichen.</translation>
  </message>
  <message>
   <source>If '{keyword}' is a name, put it in quotes.</source>
   <translation>Ist „{keyword}“ ein Name, setzen Sie ihn in Anführungszeichen.</translation>
  </message>
  <message>
   <source>If it is part of a name, put the name in quotes.</source>
   <translation>Gehört es zu einem Namen, setzen Sie den Namen in Anführungszeichen.</translation>
  </message>
  <message>
   <source>In {parent} something</source>
   <translation>Etwas in {parent}</translation>
  </message>
  <message>
   <source>Inline metadata: {key} {reason}</source>
   <translation>Metadaten: {key} {reason}</translation>
  </message>
  <message>
   <source>Inline metadata: {reason}</source>
   <translation>Metadaten: {reason}</translation>
  </message>
  <message>
   <source>Input/output error</source>
   <translation>Ein-/Ausgabefehler</translation>
  </message>
  <message>
   <source>Install it with: pip install 'qntx-desktop[plugins]'</source>
   <translation>Installieren Sie es mit: pip install 'qntx-desktop[plugins]'</translation>
  </message>
  <message>
   <source>Install that version or a later one.</source>
   <translation>Installieren Sie diese Version oder eine spätere.</translation>
  </message>
  <message>
   <source>Installing {pins}</source>
   <translation>{pins} wird installiert</translation>
  </message>
  <message>
   <source>Invalid argument</source>
   <translation>Ungültiges Argument</translation>
  </message>
  <message>
   <source>Is a directory</source>
   <translation>Das ist ein Ordner</translation>
  </message>
  <message>
   <source>It could not be started again: {error}</source>
   <translation>Es konnte nicht wieder gestartet werden: {error}</translation>
  </message>
  <message>
   <source>It looks like: ix git &lt;address or folder&gt; [--since last_run|TIME|COMMIT] [--no-deps]</source>
   <translation>Das sieht so aus: ix git &lt;Adresse oder Ordner&gt; [--since last_run|TIME|COMMIT] [--no-deps]</translation>
  </message>
  <message>
   <source>It looks like: source/path/file.py</source>
   <translation>Das sieht so aus: source/path/file.py</translation>
  </message>
  <message>
   <source>Job {id} is no longer run by this process.</source>
   <translation>Auftrag {id} wird nicht mehr von diesem Prozess ausgeführt.</translation>
  </message>
  <message>
   <source>Job {job_id}</source>
   <translation>Auftrag {job_id}</translation>
  </message>
  <message>
   <source>Keeping what is there: {what}</source>
   <translation>Was da ist, wird aufgehoben: {what}</translation>
  </message>
  <message>
   <source>Leave it out, or add a git source.</source>
   <translation>Lassen Sie es weg, oder fügen Sie eine Git-Quelle hinzu.</translation>
  </message>
  <message>
   <source>Leave it out.</source>
   <translation>Lassen Sie es weg.</translation>
  </message>
  <message>
   <source>Leave it out; if '{keyword}' is part of a name, put the name in quotes.</source>
   <translation>Lassen Sie es weg; gehört „{keyword}“ zu einem Namen, setzen Sie den Namen in Anführungszeichen.</translation>
  </message>
  <message>
   <source>Leave the interval out.</source>
   <translation>Lassen Sie den Abstand weg.</translation>
  </message>
  <message>
   <source>Left with exit code {code}</source>
   <translation>Endete mit Code {code}</translation>
  </message>
  <message>
   <source>Line {number}: {said}</source>
   <translation>Zeile {number}: {said}</translation>
  </message>
  <message>
   <source>Make a backup of that home: qntx --home DIR backup</source>
   <translation>Sichern Sie jenen Heimordner: qntx --home DIR backup</translation>
  </message>
  <message>
   <source>Make a long random one, such as with: openssl rand -hex 32</source>
   <translation>Machen Sie ein langes zufälliges, etwa mit: openssl rand -hex 32</translation>
  </message>
  <message>
   <source>Make one: qntx backup</source>
   <translation>Machen Sie eine: qntx backup</translation>
  </message>
  <message>
   <source>Make room on the disk that holds {path}, and try again. Nothing was left there.</source>
   <translation>Schaffen Sie Platz auf dem Datenträger, auf dem {path} liegt, und versuchen Sie es erneut. Nichts blieb dort zurück.</translation>
  </message>
  <message>
   <source>Minute, hour, day of the month, month, day of the week: 0 9 * * MON-FRI</source>
   <translation>Minute, Stunde, Tag des Monats, Monat, Wochentag: 0 9 * * MON-FRI</translation>
  </message>
  <message>
   <source>More than {MAX_MANIFESTS} files declare dependencies; the rest was not read.</source>
   <translation>Mehr als {MAX_MANIFESTS} Dateien nennen Abhängigkeiten; der Rest wurde nicht gelesen.</translation>
  </message>
  <message>
   <source>Name a commit that is in the repository, by more of its digits.</source>
   <translation>Nennen Sie einen Commit, den das Repository hat, mit mehr Ziffern.</translation>
  </message>
  <message>
   <source>Name a commit to compare with.</source>
   <translation>Nennen Sie einen Commit zum Vergleichen.</translation>
  </message>
  <message>
   <source>Name a folder that git made, or its address.</source>
   <translation>Nennen Sie einen Ordner, den git angelegt hat, oder seine Adresse.</translation>
  </message>
  <message>
   <source>Name a git folder by its path, or an https address.</source>
   <translation>Nennen Sie einen Git-Ordner mit seinem Pfad, oder eine https-Adresse.</translation>
  </message>
  <message>
   <source>Name another place.</source>
   <translation>Nennen Sie einen anderen Ort.</translation>
  </message>
  <message>
   <source>Name your own authority in SSL_CERT_FILE.</source>
   <translation>Nennen Sie Ihre eigene Zertifizierungsstelle in SSL_CERT_FILE.</translation>
  </message>
  <message>
   <source>No handler for type '{type}' in this version.</source>
   <translation>Diese Version hat keinen Handler für den Typ „{type}“.</translation>
  </message>
  <message>
   <source>No repository is named</source>
   <translation>Kein Repository ist genannt</translation>
  </message>
  <message>
   <source>No revision of '{name}' waits.</source>
   <translation>Kein Stand von „{name}“ wartet.</translation>
  </message>
  <message>
   <source>No space left on device</source>
   <translation>Kein Platz mehr auf dem Datenträger</translation>
  </message>
  <message>
   <source>No such file or directory</source>
   <translation>Datei oder Ordner gibt es nicht</translation>
  </message>
  <message>
   <source>None of the declared dependencies brings it; see  # dependencies  in the inline metadata.</source>
   <translation>Keine der genannten Abhängigkeiten bringt es mit; siehe  # dependencies  in den Metadaten.</translation>
  </message>
  <message>
   <source>Not a directory</source>
   <translation>Das ist kein Ordner</translation>
  </message>
  <message>
   <source>Nothing follows '{keyword}': it needs {_ELEMENTS}</source>
   <translation>Nach „{keyword}“ kommt nichts: es braucht {_ELEMENTS}</translation>
  </message>
  <message>
   <source>Nothing follows ix</source>
   <translation>Nach ix kommt nichts</translation>
  </message>
  <message>
   <source>Nothing ran. Correct {reference} where it comes from.</source>
   <translation>Nichts lief. Berichtigen Sie {reference} dort, woher es kommt.</translation>
  </message>
  <message>
   <source>Nothing was changed.</source>
   <translation>Nichts wurde geändert.</translation>
  </message>
  <message>
   <source>Nothing was saved; the live version keeps running.</source>
   <translation>Nichts wurde gespeichert; die geltende Version läuft weiter.</translation>
  </message>
  <message>
   <source>Only qntx may write to the pipes that a handler is started with.</source>
   <translation>Nur qntx darf in die Pipes schreiben, mit denen ein Handler gestartet wird.</translation>
  </message>
  <message>
   <source>Operation not permitted</source>
   <translation>Der Vorgang ist nicht erlaubt</translation>
  </message>
  <message>
   <source>Packages beyond the standard library are declared:  # dependencies = ["..."]  in inline metadata.</source>
   <translation>Pakete jenseits der Standardbibliothek werden genannt:  # dependencies = ["..."]  in den Metadaten.</translation>
  </message>
  <message>
   <source>Partly confined; not refused: {named}</source>
   <translation>Teilweise eingesperrt; nicht verwehrt: {named}</translation>
  </message>
  <message>
   <source>Permission denied</source>
   <translation>Keine Berechtigung</translation>
  </message>
  <message>
   <source>Plain http is used on this computer only.</source>
   <translation>Einfaches http gibt es nur auf diesem Rechner.</translation>
  </message>
  <message>
   <source>Plugin '{name}'</source>
   <translation>Plugin „{name}“</translation>
  </message>
  <message>
   <source>Port 0 cannot be reached.</source>
   <translation>Port 0 ist nicht erreichbar.</translation>
  </message>
  <message>
   <source>Push something first.</source>
   <translation>Laden Sie zuerst etwas hoch.</translation>
  </message>
  <message>
   <source>Put long input into a file and name the file.</source>
   <translation>Schreiben Sie lange Eingaben in eine Datei und nennen Sie die Datei.</translation>
  </message>
  <message>
   <source>Put the token in the token field, not in the address.</source>
   <translation>Schreiben Sie das Token ins Feld für das Token, nicht in die Adresse.</translation>
  </message>
  <message>
   <source>Python cannot parse this code within {_TIMEOUT_S} s</source>
   <translation>Python kann diesen Code nicht in {_TIMEOUT_S} s lesen</translation>
  </message>
  <message>
   <source>Python cannot parse this code: it is nested too deeply or too complex</source>
   <translation>Python kann diesen Code nicht lesen: er ist zu tief verschachtelt oder zu verwickelt</translation>
  </message>
  <message>
   <source>Read-only file system</source>
   <translation>Das Dateisystem ist nur lesbar</translation>
  </message>
  <message>
   <source>Reading attestations</source>
   <translation>Attestationen werden gelesen</translation>
  </message>
  <message>
   <source>Received {count} bytes</source>
   <translation>{count} Bytes empfangen</translation>
  </message>
  <message>
   <source>Remove it.</source>
   <translation>Entfernen Sie es.</translation>
  </message>
  <message>
   <source>Remove it; it cannot be written.</source>
   <translation>Entfernen Sie es; es kann nicht geschrieben werden.</translation>
  </message>
  <message>
   <source>Remove what is not needed any more.</source>
   <translation>Entfernen Sie, was nicht mehr gebraucht wird.</translation>
  </message>
  <message>
   <source>Rename one of them.</source>
   <translation>Benennen Sie eine davon um.</translation>
  </message>
  <message>
   <source>Restore a backup: qntx restore F --replace</source>
   <translation>Stellen Sie eine Sicherung wieder her: qntx restore F --replace</translation>
  </message>
  <message>
   <source>Restoring the store</source>
   <translation>Der Speicher wird wiederhergestellt</translation>
  </message>
  <message>
   <source>Run it again.</source>
   <translation>Führen Sie es erneut aus.</translation>
  </message>
  <message>
   <source>Run it again; if it stays, report it.</source>
   <translation>Führen Sie es erneut aus; bleibt es so, melden Sie es.</translation>
  </message>
  <message>
   <source>Runs here, not remotely: {reason}.</source>
   <translation>Läuft hier, nicht entfernt: {reason}.</translation>
  </message>
  <message>
   <source>Runs on {_where}, confinement: {hello}.</source>
   <translation>Läuft auf {_where}, Einsperrung: {hello}.</translation>
  </message>
  <message>
   <source>Secrets cannot be kept: there is no keyring to lock them with.</source>
   <translation>Geheimnisse können nicht bewahrt werden: es gibt keinen Schlüsselbund, der sie verschließt.</translation>
  </message>
  <message>
   <source>See: git check-ref-format</source>
   <translation>Siehe: git check-ref-format</translation>
  </message>
  <message>
   <source>See: git rev-parse HEAD</source>
   <translation>Siehe: git rev-parse HEAD</translation>
  </message>
  <message>
   <source>Some commits are missing, so the history ends there.</source>
   <translation>Einige Commits fehlen, deshalb endet die Geschichte dort.</translation>
  </message>
  <message>
   <source>Start it all the same: qntx plugin set {name} any-version on</source>
   <translation>Starten Sie es trotzdem: qntx plugin set {name} any-version on</translation>
  </message>
  <message>
   <source>Stopped because the app was closed.</source>
   <translation>Angehalten, weil die App geschlossen wurde.</translation>
  </message>
  <message>
   <source>Submodules are not followed: {sorted}</source>
   <translation>Submodulen wird nicht gefolgt: {sorted}</translation>
  </message>
  <message>
   <source>Switch it on: qntx config network.offline false</source>
   <translation>Schalten Sie es ein: qntx config network.offline false</translation>
  </message>
  <message>
   <source>Sync again; if it stays, report it.</source>
   <translation>Gleichen Sie erneut ab; bleibt es so, melden Sie es.</translation>
  </message>
  <message>
   <source>Sync it first.</source>
   <translation>Gleichen Sie sie zuerst ab.</translation>
  </message>
  <message>
   <source>Take a file that a canvas was exported to, or text that was copied from one.</source>
   <translation>Nehmen Sie eine Datei, in die eine Leinwand exportiert wurde, oder Text, der aus einer kopiert wurde.</translation>
  </message>
  <message>
   <source>That commit is not there any more.</source>
   <translation>Diesen Commit gibt es dort nicht mehr.</translation>
  </message>
  <message>
   <source>The address answers with a web page, not as a git server.</source>
   <translation>Die Adresse antwortet mit einer Webseite, nicht wie ein Git-Server.</translation>
  </message>
  <message>
   <source>The address has a ? or # part; a repository has none.</source>
   <translation>Die Adresse hat einen Teil mit ? oder #; ein Repository hat keinen.</translation>
  </message>
  <message>
   <source>The address has no https:// in front.</source>
   <translation>Der Adresse fehlt https:// am Anfang.</translation>
  </message>
  <message>
   <source>The address has {len} characters, at most {MAX_URL_CHARS}.</source>
   <translation>Die Adresse hat {len} Zeichen, höchstens {MAX_URL_CHARS}.</translation>
  </message>
  <message>
   <source>The address holds a space or a control character.</source>
   <translation>Die Adresse enthält ein Leer- oder Steuerzeichen.</translation>
  </message>
  <message>
   <source>The address holds a user name or a password.</source>
   <translation>Die Adresse enthält einen Benutzernamen oder ein Passwort.</translation>
  </message>
  <message>
   <source>The address is empty.</source>
   <translation>Die Adresse ist leer.</translation>
  </message>
  <message>
   <source>The address names no host.</source>
   <translation>Die Adresse nennt keinen Rechner.</translation>
  </message>
  <message>
   <source>The address names no repository on its host.</source>
   <translation>Die Adresse nennt kein Repository auf ihrem Rechner.</translation>
  </message>
  <message>
   <source>The answer has more than {most_chars} MB</source>
   <translation>Die Antwort hat mehr als {most_chars} MB</translation>
  </message>
  <message>
   <source>The app ended while this ran.</source>
   <translation>Die App endete, während dies lief.</translation>
  </message>
  <message>
   <source>The app is not heard of any more.</source>
   <translation>Von der App ist nichts mehr zu hören.</translation>
  </message>
  <message>
   <source>The app is offline.</source>
   <translation>Die App ist offline.</translation>
  </message>
  <message>
   <source>The branch {branch} was rewritten: {before} is not in it any more.</source>
   <translation>Der Zweig {branch} wurde umgeschrieben: {before} gehört nicht mehr dazu.</translation>
  </message>
  <message>
   <source>The canvas</source>
   <translation>Die Leinwand</translation>
  </message>
  <message>
   <source>The code has {len} bytes, at most {MAX_CODE_BYTES}</source>
   <translation>Der Code hat {len} Bytes, höchstens {MAX_CODE_BYTES}</translation>
  </message>
  <message>
   <source>The code is nested too deeply</source>
   <translation>Der Code ist zu tief verschachtelt</translation>
  </message>
  <message>
   <source>The command holds {refused}</source>
   <translation>Der Befehl enthält {refused}</translation>
  </message>
  <message>
   <source>The command is empty</source>
   <translation>Der Befehl ist leer</translation>
  </message>
  <message>
   <source>The command is {len} characters long, at most {MAX_COMMAND_CHARS}</source>
   <translation>Der Befehl ist {len} Zeichen lang, höchstens {MAX_COMMAND_CHARS}</translation>
  </message>
  <message>
   <source>The file of keys</source>
   <translation>Die Tastendatei</translation>
  </message>
  <message>
   <source>The files have more than {MAX_TOTAL_BYTES} bytes.</source>
   <translation>Die Dateien haben mehr als {MAX_TOTAL_BYTES} Bytes.</translation>
  </message>
  <message>
   <source>The git process ended unexpectedly.</source>
   <translation>Der Git-Prozess endete unerwartet.</translation>
  </message>
  <message>
   <source>The handler broke its message pipe: {broken}</source>
   <translation>Der Handler hat seine Nachrichten-Pipe zerstört: {broken}</translation>
  </message>
  <message>
   <source>The host or the port of the address cannot be read.</source>
   <translation>Rechner oder Port der Adresse sind nicht lesbar.</translation>
  </message>
  <message>
   <source>The inline metadata has no end: a line of its own with  # ///</source>
   <translation>Die Metadaten haben kein Ende: eine eigene Zeile mit  # ///</translation>
  </message>
  <message>
   <source>The interval is {seconds} s; it goes from {SHORTEST_INTERVAL_S} s to {LONGEST_INTERVAL_S} s (30 days).</source>
   <translation>Der Abstand ist {seconds} s; er geht von {SHORTEST_INTERVAL_S} s bis {LONGEST_INTERVAL_S} s (30 Tage).</translation>
  </message>
  <message>
   <source>The limit is {limit}</source>
   <translation>Die Grenze ist {limit}</translation>
  </message>
  <message>
   <source>The name is empty.</source>
   <translation>Der Name ist leer.</translation>
  </message>
  <message>
   <source>The name {host} cannot be looked up</source>
   <translation>Der Name {host} kann nicht nachgeschlagen werden</translation>
  </message>
  <message>
   <source>The new address is on another server, and the token belongs to the old one.</source>
   <translation>Die neue Adresse ist auf einem anderen Server, und das Token gehört zum alten.</translation>
  </message>
  <message>
   <source>The proxy refused the connection.</source>
   <translation>Der Proxy hat die Verbindung abgelehnt.</translation>
  </message>
  <message>
   <source>The query has more than {MAX_QUERY_TERMS} words</source>
   <translation>Die Abfrage hat mehr als {MAX_QUERY_TERMS} Wörter</translation>
  </message>
  <message>
   <source>The query holds {refused}</source>
   <translation>Die Abfrage enthält {refused}</translation>
  </message>
  <message>
   <source>The query is empty</source>
   <translation>Die Abfrage ist leer</translation>
  </message>
  <message>
   <source>The query is {len} characters long, at most {MAX_QUERY_CHARS}</source>
   <translation>Die Abfrage ist {len} Zeichen lang, höchstens {MAX_QUERY_CHARS}</translation>
  </message>
  <message>
   <source>The quote {text} is not closed</source>
   <translation>Das Anführungszeichen {text} wird nicht geschlossen</translation>
  </message>
  <message>
   <source>The repository has more than {MAX_ENTRIES} files; the rest was not searched.</source>
   <translation>Das Repository hat mehr als {MAX_ENTRIES} Dateien; der Rest wurde nicht durchsucht.</translation>
  </message>
  <message>
   <source>The repository has more than {MAX_FILES} files.</source>
   <translation>Das Repository hat mehr als {MAX_FILES} Dateien.</translation>
  </message>
  <message>
   <source>The repository has no commit yet.</source>
   <translation>Das Repository hat noch keinen Commit.</translation>
  </message>
  <message>
   <source>The repository has no {what} '{said}'.</source>
   <translation>Im Repository fehlt ({what}): „{said}“.</translation>
  </message>
  <message>
   <source>The repository is a shallow clone: what came before it is not there.</source>
   <translation>Das Repository ist ein flacher Klon: was davor kam, fehlt.</translation>
  </message>
  <message>
   <source>The repository is larger than a sync may fetch.</source>
   <translation>Das Repository ist größer, als ein Abgleich holen darf.</translation>
  </message>
  <message>
   <source>The repository is larger than may be fetched.</source>
   <translation>Das Repository ist größer, als geholt werden darf.</translation>
  </message>
  <message>
   <source>The repository keeps its refs as a reftable, which is not read yet.</source>
   <translation>Das Repository führt seine Refs als Reftable, was noch nicht gelesen wird.</translation>
  </message>
  <message>
   <source>The repository names its objects by SHA-256, which is not read yet.</source>
   <translation>Das Repository benennt seine Objekte mit SHA-256, was noch nicht gelesen wird.</translation>
  </message>
  <message>
   <source>The repository needs more memory than a sync may use.</source>
   <translation>Das Repository braucht mehr Arbeitsspeicher, als ein Abgleich nutzen darf.</translation>
  </message>
  <message>
   <source>The repository needs more memory than may be used for it.</source>
   <translation>Das Repository braucht mehr Arbeitsspeicher, als dafür erlaubt ist.</translation>
  </message>
  <message>
   <source>The repository, or what the server sent, is damaged.</source>
   <translation>Das Repository, oder was der Server schickte, ist beschädigt.</translation>
  </message>
  <message>
   <source>The result has {len} bytes, at most {MAX_RESULT_BYTES} are kept: it was left out.</source>
   <translation>Das Ergebnis hat {len} Bytes, höchstens {MAX_RESULT_BYTES} werden behalten: es wurde weggelassen.</translation>
  </message>
  <message>
   <source>The result is no JSON and was kept as text.</source>
   <translation>Das Ergebnis ist kein JSON und wurde als Text behalten.</translation>
  </message>
  <message>
   <source>The rotation was cancelled; every secret can be read.</source>
   <translation>Der Schlüsselwechsel wurde abgebrochen; jedes Geheimnis ist lesbar.</translation>
  </message>
  <message>
   <source>The server asks to come back later (429).</source>
   <translation>Der Server bittet, später wiederzukommen (429).</translation>
  </message>
  <message>
   <source>The server broke the connection off.</source>
   <translation>Der Server hat die Verbindung abgebrochen.</translation>
  </message>
  <message>
   <source>The server cannot be reached.</source>
   <translation>Der Server ist nicht erreichbar.</translation>
  </message>
  <message>
   <source>The server did not answer in time.</source>
   <translation>Der Server hat nicht rechtzeitig geantwortet.</translation>
  </message>
  <message>
   <source>The server does not allow it (403).</source>
   <translation>Der Server erlaubt es nicht (403).</translation>
  </message>
  <message>
   <source>The server does not speak git as expected.</source>
   <translation>Der Server spricht nicht git, wie es zu erwarten wäre.</translation>
  </message>
  <message>
   <source>The server failed.</source>
   <translation>Der Server hat versagt.</translation>
  </message>
  <message>
   <source>The server redirects again and again.</source>
   <translation>Der Server verweist immer wieder weiter.</translation>
  </message>
  <message>
   <source>The server sends to another address.</source>
   <translation>Der Server verweist auf eine andere Adresse.</translation>
  </message>
  <message>
   <source>The server sends to another host: {_host}.</source>
   <translation>Der Server verweist auf einen anderen Rechner: {_host}.</translation>
  </message>
  <message>
   <source>The server wants a token, or refuses the one it got (401).</source>
   <translation>Der Server will ein Token, oder lehnt das gesendete ab (401).</translation>
  </message>
  <message>
   <source>The server's certificate is not trusted.</source>
   <translation>Dem Zertifikat des Servers wird nicht vertraut.</translation>
  </message>
  <message>
   <source>The server's name is not known.</source>
   <translation>Der Name des Servers ist nicht bekannt.</translation>
  </message>
  <message>
   <source>The source '{name}'</source>
   <translation>Die Quelle „{name}“</translation>
  </message>
  <message>
   <source>The sync failed.</source>
   <translation>Der Abgleich ist gescheitert.</translation>
  </message>
  <message>
   <source>The sync took too long and was stopped.</source>
   <translation>Der Abgleich dauerte zu lange und wurde angehalten.</translation>
  </message>
  <message>
   <source>The tag {tag} was moved: it meant {before} before.</source>
   <translation>Die Marke {tag} wurde versetzt: zuvor meinte sie {before}.</translation>
  </message>
  <message>
   <source>The webhook secret has {len} characters, not {SHORTEST_SECRET} to {LONGEST_SECRET}.</source>
   <translation>Das Webhook-Geheimnis hat {len} Zeichen, nicht {SHORTEST_SECRET} bis {LONGEST_SECRET}.</translation>
  </message>
  <message>
   <source>The webhook secret holds characters beyond printable ASCII.</source>
   <translation>Das Webhook-Geheimnis enthält andere Zeichen als druckbares ASCII.</translation>
  </message>
  <message>
   <source>The {kind} {name} points to no commit.</source>
   <translation>{name} ({kind}) zeigt auf keinen Commit.</translation>
  </message>
  <message>
   <source>There are more than {MOST_FILES} files or {MOST_BYTES} MB to copy.</source>
   <translation>Das sind mehr als {MOST_FILES} Dateien oder {MOST_BYTES} MB.</translation>
  </message>
  <message>
   <source>There are two blocks of inline metadata</source>
   <translation>Es gibt zwei Blöcke mit Metadaten</translation>
  </message>
  <message>
   <source>There are: {known}.</source>
   <translation>Es gibt: {known}.</translation>
  </message>
  <message>
   <source>There is more than one commit</source>
   <translation>Es gibt mehr als einen Commit</translation>
  </message>
  <message>
   <source>There is no commit</source>
   <translation>Es gibt keinen Commit</translation>
  </message>
  <message>
   <source>There is no name between the quotes</source>
   <translation>Zwischen den Anführungszeichen steht kein Name</translation>
  </message>
  <message>
   <source>There is no revision {commit} on the disk.</source>
   <translation>Auf dem Datenträger gibt es keinen Stand {commit}.</translation>
  </message>
  <message>
   <source>There is no source type '{type}'.</source>
   <translation>Es gibt keine Art von Quelle „{type}“.</translation>
  </message>
  <message>
   <source>There is no such branch any more.</source>
   <translation>Diesen Zweig gibt es nicht mehr.</translation>
  </message>
  <message>
   <source>There is no such repository, or the token may not see it (404).</source>
   <translation>Ein solches Repository gibt es nicht, oder das Token darf es nicht sehen (404).</translation>
  </message>
  <message>
   <source>There is no such tag any more.</source>
   <translation>Diese Marke gibt es nicht mehr.</translation>
  </message>
  <message>
   <source>This code</source>
   <translation>Dieser Code</translation>
  </message>
  <message>
   <source>This delivery came before.</source>
   <translation>Diese Zustellung kam schon einmal.</translation>
  </message>
  <message>
   <source>This repository was not read before: everything is taken.</source>
   <translation>Dieses Repository wurde noch nie gelesen: alles wird genommen.</translation>
  </message>
  <message>
   <source>This run has made {MAX_ATTEMPTS} attempts; it may make no more.</source>
   <translation>Dieser Lauf hat {MAX_ATTEMPTS} Versuche gemacht; mehr darf er nicht.</translation>
  </message>
  <message>
   <source>To read a file, put its type in front: ix csv ./people.csv</source>
   <translation>Um eine Datei zu lesen, setzen Sie ihren Typ davor: ix csv ./people.csv</translation>
  </message>
  <message>
   <source>Too many levels of symbolic links</source>
   <translation>Zu viele Verweise hintereinander</translation>
  </message>
  <message>
   <source>Too many open files</source>
   <translation>Zu viele offene Dateien</translation>
  </message>
  <message>
   <source>Try: git fsck</source>
   <translation>Versuchen Sie: git fsck</translation>
  </message>
  <message>
   <source>Use 1 to 64 letters A-Z a-z, digits, hyphens and underscores, starting with a letter or digit.</source>
   <translation>Nehmen Sie 1 bis 64 Buchstaben A-Z a-z, Ziffern, Binde- und Unterstriche, vorn ein Buchstabe oder eine Ziffer.</translation>
  </message>
  <message>
   <source>Use a name such as Europe/Berlin, America/New_York or UTC.</source>
   <translation>Nehmen Sie einen Namen wie Europe/Berlin, America/New_York oder UTC.</translation>
  </message>
  <message>
   <source>Use a repository that needs no token.</source>
   <translation>Nehmen Sie ein Repository, das kein Token braucht.</translation>
  </message>
  <message>
   <source>Use a smaller one.</source>
   <translation>Nehmen Sie ein kleineres.</translation>
  </message>
  <message>
   <source>Use https, ssh or git, the path of a local folder, or put a type in front.</source>
   <translation>Nehmen Sie https, ssh oder git, den Pfad eines Ordners hier, oder setzen Sie einen Typ davor.</translation>
  </message>
  <message>
   <source>Use https.</source>
   <translation>Nehmen Sie https.</translation>
  </message>
  <message>
   <source>Use the address that it sends to, if you trust it.</source>
   <translation>Nehmen Sie die Adresse, auf die er verweist, wenn Sie ihr trauen.</translation>
  </message>
  <message>
   <source>Use the address to clone from.</source>
   <translation>Nehmen Sie die Adresse, von der man klont.</translation>
  </message>
  <message>
   <source>Use the https address of the repository.</source>
   <translation>Nehmen Sie die https-Adresse des Repositorys.</translation>
  </message>
  <message>
   <source>Use {known}.</source>
   <translation>Nehmen Sie {known}.</translation>
  </message>
  <message>
   <source>Waiting for a worker</source>
   <translation>Auf einen Worker wird gewartet</translation>
  </message>
  <message>
   <source>What is followed is no commit.</source>
   <translation>Dem gefolgt wird, ist kein Commit.</translation>
  </message>
  <message>
   <source>What the server sent is damaged.</source>
   <translation>Was der Server schickte, ist beschädigt.</translation>
  </message>
  <message>
   <source>Whether the branch {branch} was rewritten since {before} cannot be told.</source>
   <translation>Ob der Zweig {branch} seit {before} umgeschrieben wurde, lässt sich nicht sagen.</translation>
  </message>
  <message>
   <source>Write it like 30s, 5m, 2h or 1d.</source>
   <translation>Schreiben Sie es wie 30s, 5m, 2h oder 1d.</translation>
  </message>
  <message>
   <source>Writing files</source>
   <translation>Dateien werden geschrieben</translation>
  </message>
  <message>
   <source>a binary file</source>
   <translation>eine Binärdatei</translation>
  </message>
  <message>
   <source>a context</source>
   <translation>ein Kontext</translation>
  </message>
  <message>
   <source>a control character, {point}</source>
   <translation>ein Steuerzeichen, {point}</translation>
  </message>
  <message>
   <source>a date or duration</source>
   <translation>ein Tag oder eine Dauer</translation>
  </message>
  <message>
   <source>a letter is mistyped</source>
   <translation>ein Buchstabe ist vertippt</translation>
  </message>
  <message>
   <source>a link leads outside</source>
   <translation>ein Verweis führt hinaus</translation>
  </message>
  <message>
   <source>a list of texts</source>
   <translation>eine Liste von Texten</translation>
  </message>
  <message>
   <source>a mapped or scoped address</source>
   <translation>eine eingebettete Adresse oder eine mit Zone</translation>
  </message>
  <message>
   <source>a number of {len} digits is too large</source>
   <translation>eine Zahl mit {len} Ziffern ist zu groß</translation>
  </message>
  <message>
   <source>a part of the constraint is empty</source>
   <translation>ein Teil der Bedingung ist leer</translation>
  </message>
  <message>
   <source>a passphrase does not open them, their key is in a keyring</source>
   <translation>ein Passwort öffnet sie nicht, ihr Schlüssel ist in einem Schlüsselbund</translation>
  </message>
  <message>
   <source>a plugin cannot be started: {error}</source>
   <translation>ein Plugin kann nicht gestartet werden: {error}</translation>
  </message>
  <message>
   <source>a plugin's handler cannot be run dry: what it attests is stored</source>
   <translation>der Handler eines Plugins kann nicht zur Probe laufen: was er attestiert, wird gespeichert</translation>
  </message>
  <message>
   <source>a predicate</source>
   <translation>ein Prädikat</translation>
  </message>
  <message>
   <source>a process cannot be started: {error}</source>
   <translation>ein Prozess kann nicht gestartet werden: {error}</translation>
  </message>
  <message>
   <source>a process was started without pipes</source>
   <translation>ein Prozess wurde ohne Pipes gestartet</translation>
  </message>
  <message>
   <source>a run attested before it began</source>
   <translation>ein Lauf attestierte, bevor er anfing</translation>
  </message>
  <message>
   <source>a size such as "512MB" or "1GB"</source>
   <translation>eine Größe wie "512MB" oder "1GB" sein</translation>
  </message>
  <message>
   <source>a space</source>
   <translation>ein Leerzeichen</translation>
  </message>
  <message>
   <source>a subject</source>
   <translation>ein Subjekt</translation>
  </message>
  <message>
   <source>a term of {len} characters, at most {MAX_TERM_CHARS}</source>
   <translation>ein Begriff mit {len} Zeichen, höchstens {MAX_TERM_CHARS}</translation>
  </message>
  <message>
   <source>a text</source>
   <translation>ein Text</translation>
  </message>
  <message>
   <source>a text holds half a character (surrogate)</source>
   <translation>ein Text enthält ein halbes Zeichen (Surrogat)</translation>
  </message>
  <message>
   <source>a time such as "60s", "2m" or "1h"</source>
   <translation>eine Zeit wie "60s", "2m" oder "1h" sein</translation>
  </message>
  <message>
   <source>a whole number</source>
   <translation>eine ganze Zahl</translation>
  </message>
  <message>
   <source>a worker speaks another language</source>
   <translation>ein Worker spricht eine andere Sprache</translation>
  </message>
  <message>
   <source>actors</source>
   <translation>Akteure</translation>
  </message>
  <message>
   <source>address</source>
   <translation>Adresse</translation>
  </message>
  <message>
   <source>again</source>
   <translation>noch einmal</translation>
  </message>
  <message>
   <source>an action</source>
   <translation>eine Handlung</translation>
  </message>
  <message>
   <source>an actor</source>
   <translation>ein Akteur</translation>
  </message>
  <message>
   <source>an object</source>
   <translation>ein Objekt</translation>
  </message>
  <message>
   <source>an odd spelling of an address</source>
   <translation>eine seltsame Schreibweise einer Adresse</translation>
  </message>
  <message>
   <source>another window has opened it meanwhile</source>
   <translation>ein anderes Fenster hat ihn inzwischen geöffnet</translation>
  </message>
  <message>
   <source>any host is declared</source>
   <translation>jeder Rechner ist genannt</translation>
  </message>
  <message>
   <source>attestations</source>
   <translation>Attestationen</translation>
  </message>
  <message>
   <source>attributes</source>
   <translation>Attribute</translation>
  </message>
  <message>
   <source>branch</source>
   <translation>Zweig</translation>
  </message>
  <message>
   <source>by signal {code}</source>
   <translation>durch Signal {code}</translation>
  </message>
  <message>
   <source>byte {error} is not UTF-8 text</source>
   <translation>Byte {error} ist kein UTF-8-Text</translation>
  </message>
  <message>
   <source>cancelled</source>
   <translation>abgebrochen</translation>
  </message>
  <message>
   <source>cannot be JSON: {error}</source>
   <translation>kann nicht JSON sein: {error}</translation>
  </message>
  <message>
   <source>cannot be read</source>
   <translation>nicht lesbar</translation>
  </message>
  <message>
   <source>changing modes, owners and times of files</source>
   <translation>Rechte, Besitzer und Zeiten von Dateien ändern</translation>
  </message>
  <message>
   <source>changing other files</source>
   <translation>andere Dateien ändern</translation>
  </message>
  <message>
   <source>changing the system</source>
   <translation>das System ändern</translation>
  </message>
  <message>
   <source>character {position} is {_named}</source>
   <translation>Zeichen {position} ist {_named}</translation>
  </message>
  <message>
   <source>closed</source>
   <translation>geschlossen</translation>
  </message>
  <message>
   <source>code</source>
   <translation>Code</translation>
  </message>
  <message>
   <source>command</source>
   <translation>Befehl</translation>
  </message>
  <message>
   <source>commits found</source>
   <translation>Commits gefunden</translation>
  </message>
  <message>
   <source>commits read</source>
   <translation>Commits gelesen</translation>
  </message>
  <message>
   <source>completed</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>connected</source>
   <translation>verbunden</translation>
  </message>
  <message>
   <source>contexts</source>
   <translation>Kontexte</translation>
  </message>
  <message>
   <source>dates are not built yet; if '{text}' is a name, put it in quotes</source>
   <translation>Tage gibt es noch nicht; ist „{text}“ ein Name, setzen Sie ihn in Anführungszeichen</translation>
  </message>
  <message>
   <source>day</source>
   <translation>Tag</translation>
  </message>
  <message>
   <source>declared</source>
   <translation>genannt</translation>
  </message>
  <message>
   <source>declared dependencies</source>
   <translation>genannte Abhängigkeiten</translation>
  </message>
  <message>
   <source>declared dependency</source>
   <translation>genannte Abhängigkeit</translation>
  </message>
  <message>
   <source>disk</source>
   <translation>Datenträger</translation>
  </message>
  <message>
   <source>ended when the app went offline</source>
   <translation>beendet, als die App offline ging</translation>
  </message>
  <message>
   <source>every page and index is sound</source>
   <translation>jede Seite und jeder Index ist heil</translation>
  </message>
  <message>
   <source>failed</source>
   <translation>gescheitert</translation>
  </message>
  <message>
   <source>fetching packages took longer than {LONGEST_S} s</source>
   <translation>Pakete zu holen dauerte länger als {LONGEST_S} s</translation>
  </message>
  <message>
   <source>file lies in LFS and is only a pointer</source>
   <translation>Datei liegt in LFS und ist nur ein Zeiger</translation>
  </message>
  <message>
   <source>files</source>
   <translation>Dateien</translation>
  </message>
  <message>
   <source>files lie in LFS and are only pointers</source>
   <translation>Dateien liegen in LFS und sind nur Zeiger</translation>
  </message>
  <message>
   <source>for reasons unknown</source>
   <translation>aus unbekanntem Grund</translation>
  </message>
  <message>
   <source>git cannot be started: {error}</source>
   <translation>git kann nicht gestartet werden: {error}</translation>
  </message>
  <message>
   <source>goes from {low} to {high}, not {number}</source>
   <translation>geht von {low} bis {high}, nicht {number}</translation>
  </message>
  <message>
   <source>half a character (surrogate), {point}</source>
   <translation>ein halbes Zeichen (Surrogat), {point}</translation>
  </message>
  <message>
   <source>has a name that cannot be used</source>
   <translation>hat einen Namen, der nicht zu gebrauchen ist</translation>
  </message>
  <message>
   <source>has a name that is not a plain file name</source>
   <translation>hat einen Namen, der kein einfacher Dateiname ist</translation>
  </message>
  <message>
   <source>has a path that leads elsewhere</source>
   <translation>hat einen Pfad, der woandershin führt</translation>
  </message>
  <message>
   <source>has more than {MOST_INPUT_BYTES} MB</source>
   <translation>hat mehr als {MOST_INPUT_BYTES} MB</translation>
  </message>
  <message>
   <source>has no name that can be used</source>
   <translation>hat keinen brauchbaren Namen</translation>
  </message>
  <message>
   <source>has {len} characters, at most {MOST_NAME_CHARS}</source>
   <translation>hat {len} Zeichen, höchstens {MOST_NAME_CHARS}</translation>
  </message>
  <message>
   <source>has {len} characters, at most {max_chars}</source>
   <translation>hat {len} Zeichen, höchstens {max_chars}</translation>
  </message>
  <message>
   <source>has {len} characters, at most {most}</source>
   <translation>hat {len} Zeichen, höchstens {most}</translation>
  </message>
  <message>
   <source>has {len} entries, at most {MAX_ITEMS}</source>
   <translation>hat {len} Einträge, höchstens {MAX_ITEMS}</translation>
  </message>
  <message>
   <source>has {size} bytes</source>
   <translation>hat {size} Bytes</translation>
  </message>
  <message>
   <source>has {size} bytes as JSON, at most {MAX_PAYLOAD_BYTES}</source>
   <translation>hat {size} Bytes als JSON, höchstens {MAX_PAYLOAD_BYTES}</translation>
  </message>
  <message>
   <source>has {size} characters as JSON, at most {max_chars}</source>
   <translation>hat {size} Zeichen als JSON, höchstens {max_chars}</translation>
  </message>
  <message>
   <source>holds a NUL character</source>
   <translation>enthält ein NUL-Zeichen</translation>
  </message>
  <message>
   <source>holds a character that cannot be seen (U+{ord})</source>
   <translation>enthält ein Zeichen, das man nicht sieht (U+{ord})</translation>
  </message>
  <message>
   <source>holds a character that no path should have: {path}</source>
   <translation>enthält ein Zeichen, das kein Pfad haben sollte: {path}</translation>
  </message>
  <message>
   <source>holds characters that cannot be shown</source>
   <translation>enthält Zeichen, die nicht angezeigt werden können</translation>
  </message>
  <message>
   <source>holds half a character (surrogate)</source>
   <translation>enthält ein halbes Zeichen (Surrogat)</translation>
  </message>
  <message>
   <source>holds half a character (surrogate) at position {error}</source>
   <translation>enthält ein halbes Zeichen (Surrogat) an Stelle {error}</translation>
  </message>
  <message>
   <source>holds letters, digits and . _ : - only, 1 to 128 of them</source>
   <translation>enthält nur Buchstaben, Ziffern und . _ : -, 1 bis 128 davon</translation>
  </message>
  <message>
   <source>holds more than {MOST_GLYPHS}</source>
   <translation>enthält mehr als {MOST_GLYPHS}</translation>
  </message>
  <message>
   <source>holds {len} texts, at most {max_items}</source>
   <translation>enthält {len} Texte, höchstens {max_items}</translation>
  </message>
  <message>
   <source>holds {name}, at column {column}</source>
   <translation>enthält {name}, in Spalte {column}</translation>
  </message>
  <message>
   <source>holds {name}, which JSON cannot hold</source>
   <translation>enthält {name}, was JSON nicht kann</translation>
  </message>
  <message>
   <source>holds {sorted}, which not every system can have in a name</source>
   <translation>enthält {sorted}, was nicht jedes System in einem Namen haben kann</translation>
  </message>
  <message>
   <source>ignored</source>
   <translation>übergangen</translation>
  </message>
  <message>
   <source>interval</source>
   <translation>Abstand</translation>
  </message>
  <message>
   <source>invalid syntax</source>
   <translation>ungültige Syntax</translation>
  </message>
  <message>
   <source>is 1 to 64 small letters, digits, hyphens and underscores</source>
   <translation>hat 1 bis 64 Kleinbuchstaben, Ziffern, Binde- und Unterstriche</translation>
  </message>
  <message>
   <source>is a finite number</source>
   <translation>ist eine endliche Zahl</translation>
  </message>
  <message>
   <source>is a name that Windows keeps for a device</source>
   <translation>ist ein Name, den Windows für ein Gerät vorhält</translation>
  </message>
  <message>
   <source>is a number</source>
   <translation>ist eine Zahl</translation>
  </message>
  <message>
   <source>is a picture without a canvas in it</source>
   <translation>ist ein Bild ohne Leinwand darin</translation>
  </message>
  <message>
   <source>is a spelling of .git</source>
   <translation>ist eine Schreibweise von .git</translation>
  </message>
  <message>
   <source>is a whole number, not {_shown}</source>
   <translation>ist eine ganze Zahl, nicht {_shown}</translation>
  </message>
  <message>
   <source>is at least {minimum}</source>
   <translation>ist mindestens {minimum}</translation>
  </message>
  <message>
   <source>is at most {maximum}</source>
   <translation>ist höchstens {maximum}</translation>
  </message>
  <message>
   <source>is empty</source>
   <translation>ist leer</translation>
  </message>
  <message>
   <source>is encrypted</source>
   <translation>ist verschlüsselt</translation>
  </message>
  <message>
   <source>is larger than {MOST_BYTES} bytes</source>
   <translation>ist größer als {MOST_BYTES} Bytes</translation>
  </message>
  <message>
   <source>is larger than {MOST_MANIFEST_BYTES} MB</source>
   <translation>ist größer als {MOST_MANIFEST_BYTES} MB</translation>
  </message>
  <message>
   <source>is missing</source>
   <translation>fehlt</translation>
  </message>
  <message>
   <source>is neither a Struct nor JSON: {error}</source>
   <translation>ist weder ein Struct noch JSON: {error}</translation>
  </message>
  <message>
   <source>is neither a file nor a folder</source>
   <translation>ist weder Datei noch Ordner</translation>
  </message>
  <message>
   <source>is no file of keys</source>
   <translation>ist keine Tastendatei</translation>
  </message>
  <message>
   <source>is no ordinary file</source>
   <translation>ist keine gewöhnliche Datei</translation>
  </message>
  <message>
   <source>is not JSON that can be taken: {error}</source>
   <translation>ist kein JSON, das angenommen wird: {error}</translation>
  </message>
  <message>
   <source>is not JSON: {error}</source>
   <translation>ist kein JSON: {error}</translation>
  </message>
  <message>
   <source>is not UTF-8</source>
   <translation>ist kein UTF-8</translation>
  </message>
  <message>
   <source>is not UTF-8 text</source>
   <translation>ist kein UTF-8-Text</translation>
  </message>
  <message>
   <source>is not a positive number</source>
   <translation>ist keine positive Zahl</translation>
  </message>
  <message>
   <source>is not as long as it says</source>
   <translation>ist nicht so lang, wie es sagt</translation>
  </message>
  <message>
   <source>is not in it</source>
   <translation>ist nicht darin</translation>
  </message>
  <message>
   <source>is not known</source>
   <translation>ist nicht bekannt</translation>
  </message>
  <message>
   <source>is not known; did you mean {spelt}?</source>
   <translation>ist nicht bekannt; meinten Sie {spelt}?</translation>
  </message>
  <message>
   <source>is not what code_sha256 says: changed or damaged</source>
   <translation>ist nicht, was code_sha256 sagt: geändert oder beschädigt</translation>
  </message>
  <message>
   <source>is not what was backed up</source>
   <translation>ist nicht, was gesichert wurde</translation>
  </message>
  <message>
   <source>is one of {option}, not {_shown}</source>
   <translation>ist eines von {option}, nicht {_shown}</translation>
  </message>
  <message>
   <source>is packed in a way that is not known here</source>
   <translation>ist auf eine Weise gepackt, die hier nicht bekannt ist</translation>
  </message>
  <message>
   <source>is too long or too deep</source>
   <translation>ist zu lang oder zu tief</translation>
  </message>
  <message>
   <source>is true or false</source>
   <translation>ist true oder false</translation>
  </message>
  <message>
   <source>is true or false, not {_shown}</source>
   <translation>ist true oder false, nicht {_shown}</translation>
  </message>
  <message>
   <source>is written by a later version of the app</source>
   <translation>wurde von einer späteren Version der App geschrieben</translation>
  </message>
  <message>
   <source>is {whole}; this version of the app reads {VERSION}</source>
   <translation>ist {whole}; diese Version der App liest {VERSION}</translation>
  </message>
  <message>
   <source>it answers no requests.</source>
   <translation>es beantwortet keine Anfragen.</translation>
  </message>
  <message>
   <source>it asks for a host {said}, this is {__version__}.</source>
   <translation>es verlangt einen Wirt {said}, dies ist {__version__}.</translation>
  </message>
  <message>
   <source>it cannot be read: {error}</source>
   <translation>nicht lesbar: {error}</translation>
  </message>
  <message>
   <source>it cannot be resolved</source>
   <translation>er kann nicht aufgelöst werden</translation>
  </message>
  <message>
   <source>it cannot be started: {refused}</source>
   <translation>es kann nicht gestartet werden: {refused}</translation>
  </message>
  <message>
   <source>it carries no signature and no secret</source>
   <translation>er trägt weder Unterschrift noch Geheimnis</translation>
  </message>
  <message>
   <source>it did not answer well: {said}</source>
   <translation>es hat nicht richtig geantwortet: {said}</translation>
  </message>
  <message>
   <source>it did not keep what it was given</source>
   <translation>er hat nicht behalten, was er bekam</translation>
  </message>
  <message>
   <source>it did not open</source>
   <translation>er hat sich nicht geöffnet</translation>
  </message>
  <message>
   <source>it does not answer.</source>
   <translation>es antwortet nicht.</translation>
  </message>
  <message>
   <source>it does not answer: {reason}</source>
   <translation>es antwortet nicht: {reason}</translation>
  </message>
  <message>
   <source>it does not run jobs.</source>
   <translation>es führt keine Aufträge aus.</translation>
  </message>
  <message>
   <source>it ended at its start {_with_code}.</source>
   <translation>es endete beim Start {_with_code}.</translation>
  </message>
  <message>
   <source>it ended by itself {_with_code}.</source>
   <translation>es endete von selbst {_with_code}.</translation>
  </message>
  <message>
   <source>it ended or broke the connection while it worked.</source>
   <translation>es endete oder brach die Verbindung ab, während es arbeitete.</translation>
  </message>
  <message>
   <source>it failed at Initialize: {reason}</source>
   <translation>es ist an Initialize gescheitert: {reason}</translation>
  </message>
  <message>
   <source>it failed two checks of its health: {reason}</source>
   <translation>es hat zwei Prüfungen seiner Gesundheit nicht bestanden: {reason}</translation>
  </message>
  <message>
   <source>it failed: {reason}</source>
   <translation>es ist gescheitert: {reason}</translation>
  </message>
  <message>
   <source>it gave no reason</source>
   <translation>es nannte keinen Grund</translation>
  </message>
  <message>
   <source>it has an empty part, . or ..</source>
   <translation>er hat einen leeren Teil, . oder ..</translation>
  </message>
  <message>
   <source>it has more than {MAX_BUNDLE_BYTES} MB</source>
   <translation>es hat mehr als {MAX_BUNDLE_BYTES} MB</translation>
  </message>
  <message>
   <source>it has more than {MOST_BYTES} MB</source>
   <translation>es hat mehr als {MOST_BYTES} MB</translation>
  </message>
  <message>
   <source>it has more than {MOST_ENTRIES} entries</source>
   <translation>es hat mehr als {MOST_ENTRIES} Einträge</translation>
  </message>
  <message>
   <source>it has more than {limit_bytes} bytes, the most that is read here</source>
   <translation>sie hat mehr als {limit_bytes} Bytes, das Meiste, was hier gelesen wird</translation>
  </message>
  <message>
   <source>it has not started yet.</source>
   <translation>es ist noch nicht gestartet.</translation>
  </message>
  <message>
   <source>it has {count} letters and digits, in groups of {_GROUP}</source>
   <translation>er hat {count} Buchstaben und Ziffern, in Gruppen zu {_GROUP}</translation>
  </message>
  <message>
   <source>it has {len} bytes, at most {MAX_BYTES} are read</source>
   <translation>sie hat {len} Bytes, höchstens {MAX_BYTES} werden gelesen</translation>
  </message>
  <message>
   <source>it has {len} characters, at least {SHORTEST_TOKEN}</source>
   <translation>es hat {len} Zeichen, mindestens {SHORTEST_TOKEN}</translation>
  </message>
  <message>
   <source>it has {len} characters, at most {MAX_NAME_CHARS}</source>
   <translation>er hat {len} Zeichen, höchstens {MAX_NAME_CHARS}</translation>
  </message>
  <message>
   <source>it holds a control character</source>
   <translation>er enthält ein Steuerzeichen</translation>
  </message>
  <message>
   <source>it is a folder, not a file</source>
   <translation>das ist ein Ordner, keine Datei</translation>
  </message>
  <message>
   <source>it is a store that is in use, not a copy</source>
   <translation>das ist ein Speicher in Gebrauch, keine Kopie</translation>
  </message>
  <message>
   <source>it is absolute, or has a backslash</source>
   <translation>er ist absolut, oder hat einen Backslash</translation>
  </message>
  <message>
   <source>it is being ended.</source>
   <translation>es wird beendet.</translation>
  </message>
  <message>
   <source>it is closed</source>
   <translation>er ist geschlossen</translation>
  </message>
  <message>
   <source>it is disabled.</source>
   <translation>es ist abgeschaltet.</translation>
  </message>
  <message>
   <source>it is empty</source>
   <translation>er ist leer</translation>
  </message>
  <message>
   <source>it is larger than {MOST_BYTES} bytes</source>
   <translation>sie ist größer als {MOST_BYTES} Bytes</translation>
  </message>
  <message>
   <source>it is longer than {MAX_LINE_BYTES} bytes</source>
   <translation>sie ist länger als {MAX_LINE_BYTES} Bytes</translation>
  </message>
  <message>
   <source>it is nested deeper than {MAX_DEPTH} levels</source>
   <translation>es ist tiefer als {MAX_DEPTH} Ebenen verschachtelt</translation>
  </message>
  <message>
   <source>it is nested too deeply</source>
   <translation>es ist zu tief verschachtelt</translation>
  </message>
  <message>
   <source>it is no .qntx file, or a damaged one: {error}</source>
   <translation>es ist keine .qntx-Datei, oder eine beschädigte: {error}</translation>
  </message>
  <message>
   <source>it is no backup of this app</source>
   <translation>das ist keine Sicherung dieser App</translation>
  </message>
  <message>
   <source>it is no backup, or a damaged one: {error}</source>
   <translation>das ist keine Sicherung, oder eine beschädigte: {error}</translation>
  </message>
  <message>
   <source>it is not UTF-8</source>
   <translation>es ist kein UTF-8</translation>
  </message>
  <message>
   <source>it is not UTF-8 text</source>
   <translation>es ist kein UTF-8-Text</translation>
  </message>
  <message>
   <source>it is not a folder</source>
   <translation>das ist kein Ordner</translation>
  </message>
  <message>
   <source>it is not confined on this machine</source>
   <translation>es ist auf diesem Rechner nicht eingesperrt</translation>
  </message>
  <message>
   <source>it is not of the format "{FORMAT}"</source>
   <translation>es hat nicht das Format "{FORMAT}"</translation>
  </message>
  <message>
   <source>it is not the newest one of this home</source>
   <translation>es ist nicht der neueste dieses Heimordners</translation>
  </message>
  <message>
   <source>it is only partly confined on this machine</source>
   <translation>es ist auf diesem Rechner nur teilweise eingesperrt</translation>
  </message>
  <message>
   <source>it is signed with SHA-1 only, SHA-256 is needed</source>
   <translation>er ist nur mit SHA-1 unterschrieben, SHA-256 ist nötig</translation>
  </message>
  <message>
   <source>it is the app's own</source>
   <translation>er gehört der App selbst</translation>
  </message>
  <message>
   <source>it is too long</source>
   <translation>er ist zu lang</translation>
  </message>
  <message>
   <source>it lies in a .git folder</source>
   <translation>er liegt in einem .git-Ordner</translation>
  </message>
  <message>
   <source>it must be a JSON object</source>
   <translation>sie muss ein JSON-Objekt sein</translation>
  </message>
  <message>
   <source>it names no module</source>
   <translation>sie nennt kein Modul</translation>
  </message>
  <message>
   <source>it needs an interval or a cron line, one of the two</source>
   <translation>er braucht einen Abstand oder eine Cron-Zeile, eines von beiden</translation>
  </message>
  <message>
   <source>it reads or writes files of this computer</source>
   <translation>er liest oder schreibt Dateien dieses Rechners</translation>
  </message>
  <message>
   <source>it says that it is not healthy</source>
   <translation>es sagt, dass es nicht gesund ist</translation>
  </message>
  <message>
   <source>it starts with a hyphen</source>
   <translation>er beginnt mit einem Bindestrich</translation>
  </message>
  <message>
   <source>it was made by a later version of the app, {shape}</source>
   <translation>sie stammt von einer späteren Version der App, {shape}</translation>
  </message>
  <message>
   <source>it was made by an older version of the app and must be opened for writing</source>
   <translation>er stammt von einer älteren Version der App und muss zum Schreiben geöffnet werden</translation>
  </message>
  <message>
   <source>it was not added yet</source>
   <translation>es wurde noch nicht hinzugefügt</translation>
  </message>
  <message>
   <source>it was removed.</source>
   <translation>es wurde entfernt.</translation>
  </message>
  <message>
   <source>its answer is too large: {said}</source>
   <translation>seine Antwort ist zu groß: {said}</translation>
  </message>
  <message>
   <source>its constraint on the host's version was passed over: {error}</source>
   <translation>seine Bedingung an die Version des Wirts wurde übergangen: {error}</translation>
  </message>
  <message>
   <source>its list of files</source>
   <translation>ihre Liste der Dateien</translation>
  </message>
  <message>
   <source>its packages, its modules or its Python are on this computer</source>
   <translation>seine Pakete, seine Module oder sein Python sind auf diesem Rechner</translation>
  </message>
  <message>
   <source>its question was not answered within {_answer_s} s</source>
   <translation>seine Frage wurde nicht in {_answer_s} s beantwortet</translation>
  </message>
  <message>
   <source>its settings cannot be read: {reason}</source>
   <translation>seine Einstellungen sind nicht lesbar: {reason}</translation>
  </message>
  <message>
   <source>leads elsewhere</source>
   <translation>führt woandershin</translation>
  </message>
  <message>
   <source>lies outside of the years 1 to 9999</source>
   <translation>liegt nicht in den Jahren 1 bis 9999</translation>
  </message>
  <message>
   <source>line {lineno}: {msg}</source>
   <translation>Zeile {lineno}: {msg}</translation>
  </message>
  <message>
   <source>line {number}: a requirement has a name and a version</source>
   <translation>Zeile {number}: eine Anforderung hat einen Namen und eine Version</translation>
  </message>
  <message>
   <source>link is kept as the text it holds</source>
   <translation>Verweis wird als der Text behalten, den er enthält</translation>
  </message>
  <message>
   <source>links are kept as the text they hold</source>
   <translation>Verweise werden als der Text behalten, den sie enthalten</translation>
  </message>
  <message>
   <source>looked up only</source>
   <translation>nur nachgeschlagen</translation>
  </message>
  <message>
   <source>looking into other programs</source>
   <translation>in andere Programme hineinsehen</translation>
  </message>
  <message>
   <source>looks like {example}, not {_shown}</source>
   <translation>sieht aus wie {example}, nicht {_shown}</translation>
  </message>
  <message>
   <source>looks like {pattern}</source>
   <translation>sieht aus wie {pattern}</translation>
  </message>
  <message>
   <source>manual</source>
   <translation>eigene</translation>
  </message>
  <message>
   <source>memory</source>
   <translation>Arbeitsspeicher</translation>
  </message>
  <message>
   <source>memory: {size}</source>
   <translation>Arbeitsspeicher: {size}</translation>
  </message>
  <message>
   <source>month</source>
   <translation>Monat</translation>
  </message>
  <message>
   <source>more than {MAX_COMPARED_BYTES} bytes, not compared</source>
   <translation>mehr als {MAX_COMPARED_BYTES} Bytes, nicht verglichen</translation>
  </message>
  <message>
   <source>must be "here" or "remote"</source>
   <translation>muss "here" oder "remote" sein</translation>
  </message>
  <message>
   <source>must be "{FORMAT}"</source>
   <translation>muss "{FORMAT}" sein</translation>
  </message>
  <message>
   <source>must be 32 digits of 0-9 and a-f</source>
   <translation>muss 32 Ziffern 0-9 und a-f haben</translation>
  </message>
  <message>
   <source>must be a finite number</source>
   <translation>muss eine endliche Zahl sein</translation>
  </message>
  <message>
   <source>must be a list</source>
   <translation>muss eine Liste sein</translation>
  </message>
  <message>
   <source>must be a list of at most {MAX_HANDLERS}</source>
   <translation>muss eine Liste von höchstens {MAX_HANDLERS} sein</translation>
  </message>
  <message>
   <source>must be a list of host:port, or true</source>
   <translation>muss eine Liste von host:port sein, oder true</translation>
  </message>
  <message>
   <source>must be a list of texts</source>
   <translation>muss eine Liste von Texten sein</translation>
  </message>
  <message>
   <source>must be a name</source>
   <translation>muss ein Name sein</translation>
  </message>
  <message>
   <source>must be a name of 1 to 64 letters, digits, dots, hyphens and underscores, not '{name}'</source>
   <translation>muss ein Name mit 1 bis 64 Buchstaben, Ziffern, Punkten, Binde- und Unterstrichen sein, nicht „{name}“</translation>
  </message>
  <message>
   <source>must be a number over 0</source>
   <translation>muss eine Zahl über 0 sein</translation>
  </message>
  <message>
   <source>must be a package such as httpx or httpx&gt;=0.27, not '{package}'</source>
   <translation>muss ein Paket sein wie httpx oder httpx&gt;=0.27, nicht „{package}“</translation>
  </message>
  <message>
   <source>must be a plain file name</source>
   <translation>muss ein einfacher Dateiname sein</translation>
  </message>
  <message>
   <source>must be a table</source>
   <translation>muss eine Tabelle sein</translation>
  </message>
  <message>
   <source>must be a text</source>
   <translation>muss ein Text sein</translation>
  </message>
  <message>
   <source>must be a text or a list of texts, not {__name__}</source>
   <translation>muss ein Text oder eine Liste von Texten sein, nicht {__name__}</translation>
  </message>
  <message>
   <source>must be a text such as 2026-11-21T08:00:00Z</source>
   <translation>muss ein Text wie 2026-11-21T08:00:00Z sein</translation>
  </message>
  <message>
   <source>must be a text without NUL characters</source>
   <translation>muss ein Text ohne NUL-Zeichen sein</translation>
  </message>
  <message>
   <source>must be a whole number</source>
   <translation>muss eine ganze Zahl sein</translation>
  </message>
  <message>
   <source>must be a whole number from 1 to {MOST_CALLS}</source>
   <translation>muss eine ganze Zahl von 1 bis {MOST_CALLS} sein</translation>
  </message>
  <message>
   <source>must be above 0</source>
   <translation>muss über 0 sein</translation>
  </message>
  <message>
   <source>must be an amount in US dollars, more than 0</source>
   <translation>muss ein Betrag in US-Dollar sein, mehr als 0</translation>
  </message>
  <message>
   <source>must be an object</source>
   <translation>muss ein Objekt sein</translation>
  </message>
  <message>
   <source>must be an object or null</source>
   <translation>muss ein Objekt oder null sein</translation>
  </message>
  <message>
   <source>must be an object with a kind</source>
   <translation>muss ein Objekt mit einer Art sein</translation>
  </message>
  <message>
   <source>must be an object with a name of 32 digits</source>
   <translation>muss ein Objekt mit einem Namen aus 32 Ziffern sein</translation>
  </message>
  <message>
   <source>must be an object, not {__name__}</source>
   <translation>muss ein Objekt sein, nicht {__name__}</translation>
  </message>
  <message>
   <source>must be between 1 s and 24 h</source>
   <translation>muss zwischen 1 s und 24 h liegen</translation>
  </message>
  <message>
   <source>must be between 32 MB and 64 GB</source>
   <translation>muss zwischen 32 MB und 64 GB liegen</translation>
  </message>
  <message>
   <source>must be host:port, such as api.example.com:443, not '{entry}'</source>
   <translation>muss host:port sein, wie api.example.com:443, nicht „{entry}“</translation>
  </message>
  <message>
   <source>must be texts under the names of actions</source>
   <translation>müssen Texte unter den Namen von Aktionen sein</translation>
  </message>
  <message>
   <source>must be the number of a source</source>
   <translation>muss die Nummer einer Quelle sein</translation>
  </message>
  <message>
   <source>must be true or false</source>
   <translation>muss true oder false sein</translation>
  </message>
  <message>
   <source>must be within {FARTHEST_PX}</source>
   <translation>muss innerhalb von {FARTHEST_PX} liegen</translation>
  </message>
  <message>
   <source>must be {_NAMES}</source>
   <translation>muss {_NAMES} sein</translation>
  </message>
  <message>
   <source>must be {what}</source>
   <translation>muss {what}</translation>
  </message>
  <message>
   <source>must equal script_type</source>
   <translation>muss gleich script_type sein</translation>
  </message>
  <message>
   <source>must have 1 to {MAX_PATH_CHARS} characters</source>
   <translation>muss 1 bis {MAX_PATH_CHARS} Zeichen haben</translation>
  </message>
  <message>
   <source>must hold texts, not {__name__}</source>
   <translation>muss Texte enthalten, nicht {__name__}</translation>
  </message>
  <message>
   <source>must look like AS-01KXJ3V9Q2-7M4T0XQZ, or be left out</source>
   <translation>muss aussehen wie AS-01KXJ3V9Q2-7M4T0XQZ, oder fehlen</translation>
  </message>
  <message>
   <source>must name a host in small ASCII letters, not '{host}'</source>
   <translation>muss einen Rechner in kleinen ASCII-Buchstaben nennen, nicht „{host}“</translation>
  </message>
  <message>
   <source>must name a package of an index, not an address: '{package}'</source>
   <translation>muss ein Paket eines Verzeichnisses nennen, keine Adresse: „{package}“</translation>
  </message>
  <message>
   <source>must name at least one</source>
   <translation>muss mindestens eines nennen</translation>
  </message>
  <message>
   <source>must name at least one, in front of everything else</source>
   <translation>muss mindestens eines nennen, vor allem anderen</translation>
  </message>
  <message>
   <source>must name at least one: nothing was said</source>
   <translation>muss mindestens eines nennen: nichts wurde gesagt</translation>
  </message>
  <message>
   <source>must not be empty</source>
   <translation>darf nicht leer sein</translation>
  </message>
  <message>
   <source>must not hold '..'</source>
   <translation>darf kein '..' enthalten</translation>
  </message>
  <message>
   <source>must not hold an empty text</source>
   <translation>darf keinen leeren Text enthalten</translation>
  </message>
  <message>
   <source>must not stand beside handler</source>
   <translation>darf nicht neben handler stehen</translation>
  </message>
  <message>
   <source>must start with / or ~/, not with '{parts}'</source>
   <translation>muss mit / oder ~/ beginnen, nicht mit „{parts}“</translation>
  </message>
  <message>
   <source>name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>names no glyph of this file</source>
   <translation>nennt keine Glyphe dieser Datei</translation>
  </message>
  <message>
   <source>neither revision has such a file</source>
   <translation>keiner der beiden Stände hat eine solche Datei</translation>
  </message>
  <message>
   <source>nested deeper than {MAX_ATTRIBUTES_DEPTH}</source>
   <translation>tiefer als {MAX_ATTRIBUTES_DEPTH} verschachtelt</translation>
  </message>
  <message>
   <source>network connections</source>
   <translation>Netzverbindungen</translation>
  </message>
  <message>
   <source>network: any host</source>
   <translation>Netz: jeder Rechner</translation>
  </message>
  <message>
   <source>network: {host}</source>
   <translation>Netz: {host}</translation>
  </message>
  <message>
   <source>no address</source>
   <translation>keine Adresse</translation>
  </message>
  <message>
   <source>no answer yet</source>
   <translation>noch keine Antwort</translation>
  </message>
  <message>
   <source>no attestation has this field; further facts go to attributes</source>
   <translation>keine Attestation hat dieses Feld; Weiteres gehört in die Attribute</translation>
  </message>
  <message>
   <source>no connection</source>
   <translation>keine Verbindung</translation>
  </message>
  <message>
   <source>no file differs</source>
   <translation>keine Datei ist anders</translation>
  </message>
  <message>
   <source>no scheduler answers at {address} ({reason})</source>
   <translation>kein Scheduler antwortet unter {address} ({reason})</translation>
  </message>
  <message>
   <source>no scheduler is set; qntx config {SCHEDULER} tcp://HOST:8786</source>
   <translation>kein Scheduler ist eingestellt; qntx config {SCHEDULER} tcp://HOST:8786</translation>
  </message>
  <message>
   <source>no such name</source>
   <translation>diesen Namen gibt es nicht</translation>
  </message>
  <message>
   <source>none is free from {FIRST_PORT} to {FIRST_PORT2}</source>
   <translation>von {FIRST_PORT} bis {FIRST_PORT2} ist keiner frei</translation>
  </message>
  <message>
   <source>not a host name</source>
   <translation>kein Name eines Rechners</translation>
  </message>
  <message>
   <source>not declared</source>
   <translation>nicht genannt</translation>
  </message>
  <message>
   <source>not reached</source>
   <translation>nicht erreicht</translation>
  </message>
  <message>
   <source>nothing follows '{keyword}'; if it is a name, put it in quotes</source>
   <translation>nach „{keyword}“ kommt nichts; ist es ein Name, setzen Sie ihn in Anführungszeichen</translation>
  </message>
  <message>
   <source>nothing runs jobs of type {name}</source>
   <translation>nichts führt Aufträge der Art {name} aus</translation>
  </message>
  <message>
   <source>old jobs deleted</source>
   <translation>alte Aufträge gelöscht</translation>
  </message>
  <message>
   <source>once</source>
   <translation>einmal</translation>
  </message>
  <message>
   <source>one of them is kept for the handler registry</source>
   <translation>eines davon ist dem Verzeichnis der Handler vorbehalten</translation>
  </message>
  <message>
   <source>only python is known</source>
   <translation>nur python ist bekannt</translation>
  </message>
  <message>
   <source>only the first {MAX_LINES} lines</source>
   <translation>nur die ersten {MAX_LINES} Zeilen</translation>
  </message>
  <message>
   <source>open</source>
   <translation>offen</translation>
  </message>
  <message>
   <source>package: {package}</source>
   <translation>Paket: {package}</translation>
  </message>
  <message>
   <source>partly confined: not refused {named}</source>
   <translation>teilweise eingesperrt: nicht verwehrt {named}</translation>
  </message>
  <message>
   <source>path</source>
   <translation>Pfad</translation>
  </message>
  <message>
   <source>pending</source>
   <translation>in der Warteschlange</translation>
  </message>
  <message>
   <source>ping</source>
   <translation>Ping</translation>
  </message>
  <message>
   <source>plugins cannot be started on Windows yet</source>
   <translation>Plugins können unter Windows noch nicht gestartet werden</translation>
  </message>
  <message>
   <source>predicates</source>
   <translation>Prädikate</translation>
  </message>
  <message>
   <source>putting {unfinished} in place was interrupted</source>
   <translation>{unfinished} einzusetzen wurde unterbrochen</translation>
  </message>
  <message>
   <source>qntx hook enable {name}</source>
   <translation>qntx hook enable {name}</translation>
  </message>
  <message>
   <source>qntx hook rotate {name}</source>
   <translation>qntx hook rotate {name}</translation>
  </message>
  <message>
   <source>qntx source enable {name}</source>
   <translation>qntx source enable {name}</translation>
  </message>
  <message>
   <source>qntx source update {name} --webhook on</source>
   <translation>qntx source update {name} --webhook on</translation>
  </message>
  <message>
   <source>queued</source>
   <translation>eingereiht</translation>
  </message>
  <message>
   <source>read: {path}</source>
   <translation>Lesen: {path}</translation>
  </message>
  <message>
   <source>reading other files</source>
   <translation>andere Dateien lesen</translation>
  </message>
  <message>
   <source>refused</source>
   <translation>abgelehnt</translation>
  </message>
  <message>
   <source>refused: {reason}</source>
   <translation>abgelehnt: {reason}</translation>
  </message>
  <message>
   <source>repeated</source>
   <translation>wiederholt</translation>
  </message>
  <message>
   <source>running</source>
   <translation>in Arbeit</translation>
  </message>
  <message>
   <source>sealed anew</source>
   <translation>neu versiegelt</translation>
  </message>
  <message>
   <source>secret: {name}</source>
   <translation>Geheimnis: {name}</translation>
  </message>
  <message>
   <source>secrets are not sent to other computers</source>
   <translation>Geheimnisse werden nicht an andere Rechner geschickt</translation>
  </message>
  <message>
   <source>shared memory</source>
   <translation>gemeinsamer Speicher</translation>
  </message>
  <message>
   <source>signal {number}</source>
   <translation>Signal {number}</translation>
  </message>
  <message>
   <source>signals to other programs</source>
   <translation>Signale an andere Programme</translation>
  </message>
  <message>
   <source>skip: do nothing; once: one run for all that was missed; all: a run for each, at most 100.</source>
   <translation>skip: nichts tun; once: ein Lauf für alles Verpasste; all: ein Lauf für jedes, höchstens 100.</translation>
  </message>
  <message>
   <source>sockets of other programs</source>
   <translation>Sockets anderer Programme</translation>
  </message>
  <message>
   <source>ssh addresses are not supported.</source>
   <translation>ssh-Adressen werden nicht unterstützt.</translation>
  </message>
  <message>
   <source>stands in it twice</source>
   <translation>steht zweimal darin</translation>
  </message>
  <message>
   <source>stands in it twice, maybe in another spelling</source>
   <translation>steht zweimal darin, vielleicht anders geschrieben</translation>
  </message>
  <message>
   <source>stands twice</source>
   <translation>steht zweimal da</translation>
  </message>
  <message>
   <source>stands twice, maybe in another spelling</source>
   <translation>steht zweimal da, vielleicht anders geschrieben</translation>
  </message>
  <message>
   <source>starting programs</source>
   <translation>Programme starten</translation>
  </message>
  <message>
   <source>starts or ends with a space or ends with a dot</source>
   <translation>beginnt oder endet mit einem Leerzeichen oder endet mit einem Punkt</translation>
  </message>
  <message>
   <source>step {id}</source>
   <translation>Schritt {id}</translation>
  </message>
  <message>
   <source>subjects</source>
   <translation>Subjekte</translation>
  </message>
  <message>
   <source>submodule was left out</source>
   <translation>Submodul wurde weggelassen</translation>
  </message>
  <message>
   <source>submodules were left out</source>
   <translation>Submodule wurden weggelassen</translation>
  </message>
  <message>
   <source>tag</source>
   <translation>Marke</translation>
  </message>
  <message>
   <source>takes no wildcards: name each host, or say true for any</source>
   <translation>nimmt keine Platzhalter: nennen Sie jeden Rechner, oder sagen Sie true für alle</translation>
  </message>
  <message>
   <source>the address belongs to no declared host</source>
   <translation>die Adresse gehört zu keinem genannten Rechner</translation>
  </message>
  <message>
   <source>the app is closing</source>
   <translation>die App wird geschlossen</translation>
  </message>
  <message>
   <source>the app is offline</source>
   <translation>die App ist offline</translation>
  </message>
  <message>
   <source>the app's own folder lies there</source>
   <translation>der eigene Ordner der App liegt dort</translation>
  </message>
  <message>
   <source>the canvas in the picture is broken: {error}</source>
   <translation>die Leinwand im Bild ist beschädigt: {error}</translation>
  </message>
  <message>
   <source>the canvas in the picture is cut off or too large</source>
   <translation>die Leinwand im Bild ist abgeschnitten oder zu groß</translation>
  </message>
  <message>
   <source>the capital letter '{character}'</source>
   <translation>der Großbuchstabe „{character}“</translation>
  </message>
  <message>
   <source>the cluster has no worker</source>
   <translation>das Cluster hat keinen Worker</translation>
  </message>
  <message>
   <source>the code cannot be checked: {error}</source>
   <translation>der Code kann nicht geprüft werden: {error}</translation>
  </message>
  <message>
   <source>the extra is not installed; pip install 'qntx-desktop[remote]'</source>
   <translation>das Extra ist nicht installiert; pip install 'qntx-desktop[remote]'</translation>
  </message>
  <message>
   <source>the file has changed since it was looked at</source>
   <translation>die Datei hat sich geändert, seit sie angesehen wurde</translation>
  </message>
  <message>
   <source>the file is a database, but not one of this app</source>
   <translation>die Datei ist eine Datenbank, aber keine dieser App</translation>
  </message>
  <message>
   <source>the file is cut off: {size} of {pages} bytes</source>
   <translation>die Datei ist abgeschnitten: {size} von {pages} Bytes</translation>
  </message>
  <message>
   <source>the file is empty</source>
   <translation>die Datei ist leer</translation>
  </message>
  <message>
   <source>the file is not a database</source>
   <translation>die Datei ist keine Datenbank</translation>
  </message>
  <message>
   <source>the key that was found is not the one they were sealed with</source>
   <translation>der gefundene Schlüssel ist nicht der, mit dem sie versiegelt wurden</translation>
  </message>
  <message>
   <source>the key {json} stands twice</source>
   <translation>der Schlüssel {json} steht zweimal da</translation>
  </message>
  <message>
   <source>the name leads to a private address</source>
   <translation>der Name führt zu einer privaten Adresse</translation>
  </message>
  <message>
   <source>the number {digits} is too large</source>
   <translation>die Zahl {digits} ist zu groß</translation>
  </message>
  <message>
   <source>the passphrase is not the one they were sealed with</source>
   <translation>das Passwort ist nicht das, mit dem sie versiegelt wurden</translation>
  </message>
  <message>
   <source>the quote {quote} at column {opened} is not closed; close it, or use the other kind of quotes</source>
   <translation>das Anführungszeichen {quote} in Spalte {opened} wird nicht geschlossen; schließen Sie es, oder nehmen Sie die anderen</translation>
  </message>
  <message>
   <source>the scheduler at {address} cannot be used ({_words})</source>
   <translation>der Scheduler unter {address} ist nicht brauchbar ({_words})</translation>
  </message>
  <message>
   <source>the scheduler does not answer ({_words})</source>
   <translation>der Scheduler antwortet nicht ({_words})</translation>
  </message>
  <message>
   <source>the scheduler does not answer ({error})</source>
   <translation>der Scheduler antwortet nicht ({error})</translation>
  </message>
  <message>
   <source>the scheduler has dropped it</source>
   <translation>der Scheduler hat es fallen lassen</translation>
  </message>
  <message>
   <source>the secret is another one</source>
   <translation>das Geheimnis ist ein anderes</translation>
  </message>
  <message>
   <source>the signature does not fit</source>
   <translation>die Unterschrift passt nicht</translation>
  </message>
  <message>
   <source>the way to their key is not known</source>
   <translation>der Weg zu ihrem Schlüssel ist nicht bekannt</translation>
  </message>
  <message>
   <source>the worker cannot run it ({self})</source>
   <translation>der Worker kann es nicht ausführen ({self})</translation>
  </message>
  <message>
   <source>the worker confines handlers less than this computer ({str}, not {here})</source>
   <translation>der Worker sperrt Handler weniger ein als dieser Rechner ({str}, nicht {here})</translation>
  </message>
  <message>
   <source>the worker has version {str} of qntx-desktop, this is {__version__}</source>
   <translation>der Worker hat Version {str} von qntx-desktop, dies ist {__version__}</translation>
  </message>
  <message>
   <source>their key is gone from the store</source>
   <translation>ihr Schlüssel ist nicht mehr im Speicher</translation>
  </message>
  <message>
   <source>their key is not in the keyring</source>
   <translation>ihr Schlüssel ist nicht im Schlüsselbund</translation>
  </message>
  <message>
   <source>there are none</source>
   <translation>es gibt keine</translation>
  </message>
  <message>
   <source>there is no Python to run handlers with</source>
   <translation>es gibt kein Python, um Handler auszuführen</translation>
  </message>
  <message>
   <source>there is no command</source>
   <translation>es fehlt der Befehl</translation>
  </message>
  <message>
   <source>there is no cron line</source>
   <translation>es fehlt die Cron-Zeile</translation>
  </message>
  <message>
   <source>there is no file {path}</source>
   <translation>es gibt keine Datei {path}</translation>
  </message>
  <message>
   <source>there is no program qntx-{name_or_path}-plugin, qntx-{name_or_path} or {name_or_path}</source>
   <translation>es gibt kein Programm qntx-{name_or_path}-plugin, qntx-{name_or_path} oder {name_or_path}</translation>
  </message>
  <message>
   <source>there is no store in it yet</source>
   <translation>es ist noch kein Speicher darin</translation>
  </message>
  <message>
   <source>there is no such code source</source>
   <translation>eine solche Codequelle gibt es nicht</translation>
  </message>
  <message>
   <source>there is no such file</source>
   <translation>eine solche Datei gibt es nicht</translation>
  </message>
  <message>
   <source>there is no such file in the source</source>
   <translation>eine solche Datei gibt es in der Quelle nicht</translation>
  </message>
  <message>
   <source>there is no time zone '{name}'</source>
   <translation>es gibt keine Zeitzone „{name}“</translation>
  </message>
  <message>
   <source>there is no token</source>
   <translation>es fehlt ein Token</translation>
  </message>
  <message>
   <source>there is none</source>
   <translation>es gibt keinen</translation>
  </message>
  <message>
   <source>there is none in the home</source>
   <translation>im Heimordner ist keine</translation>
  </message>
  <message>
   <source>there is none that keeps secrets safe</source>
   <translation>es gibt keinen, der Geheimnisse sicher bewahrt</translation>
  </message>
  <message>
   <source>there is none yet</source>
   <translation>es gibt noch keine</translation>
  </message>
  <message>
   <source>they need their passphrase: type it in the Secrets panel, or set QNTX_PASSPHRASE</source>
   <translation>sie brauchen ihr Passwort: geben Sie es unter Geheimnisse ein, oder setzen Sie QNTX_PASSPHRASE</translation>
  </message>
  <message>
   <source>this app's own API</source>
   <translation>die eigene API dieser App</translation>
  </message>
  <message>
   <source>this build of the app brings no git process</source>
   <translation>diese Fassung der App bringt keinen Git-Prozess mit</translation>
  </message>
  <message>
   <source>this home has never shown one</source>
   <translation>dieser Heimordner hat nie einen gezeigt</translation>
  </message>
  <message>
   <source>this installation cannot speak to plugins ({name} is missing).</source>
   <translation>diese Installation kann nicht mit Plugins sprechen ({name} fehlt).</translation>
  </message>
  <message>
   <source>this process does not run the plugins of this home.</source>
   <translation>dieser Prozess führt die Plugins dieses Heimordners nicht aus.</translation>
  </message>
  <message>
   <source>time zone</source>
   <translation>Zeitzone</translation>
  </message>
  <message>
   <source>time: {duration}</source>
   <translation>Zeit: {duration}</translation>
  </message>
  <message>
   <source>token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>too many attempts</source>
   <translation>zu viele Versuche</translation>
  </message>
  <message>
   <source>two have the same id</source>
   <translation>zwei haben dieselbe Nummer</translation>
  </message>
  <message>
   <source>unpacked it has more than {MOST_BYTES} MB</source>
   <translation>ausgepackt hat es mehr als {MOST_BYTES} MB</translation>
  </message>
  <message>
   <source>uv cannot be started: {error}</source>
   <translation>uv kann nicht gestartet werden: {error}</translation>
  </message>
  <message>
   <source>uv ended with {code}</source>
   <translation>uv endete mit {code}</translation>
  </message>
  <message>
   <source>uv, which fetches packages, is not installed</source>
   <translation>uv, das Pakete holt, ist nicht installiert</translation>
  </message>
  <message>
   <source>value</source>
   <translation>Wert</translation>
  </message>
  <message>
   <source>version {version} of the key is not there</source>
   <translation>Version {version} des Schlüssels ist nicht da</translation>
  </message>
  <message>
   <source>webhook secret</source>
   <translation>Webhook-Geheimnis</translation>
  </message>
  <message>
   <source>what answers calls itself '{said}'.</source>
   <translation>was antwortet, nennt sich „{said}“.</translation>
  </message>
  <message>
   <source>with exit code {code}</source>
   <translation>mit Code {code}</translation>
  </message>
  <message>
   <source>write: {path}</source>
   <translation>Schreiben: {path}</translation>
  </message>
  <message>
   <source>{MAX_ATTESTATIONS} or {MAX_CHARS} MB</source>
   <translation>{MAX_ATTESTATIONS} oder {MAX_CHARS} MB</translation>
  </message>
  <message>
   <source>{_more} more notes of this kind.</source>
   <translation>{_more} weitere Hinweise dieser Art.</translation>
  </message>
  <message>
   <source>{asid} is taken by an attestation that says something else</source>
   <translation>{asid} gehört einer Attestation, die etwas anderes sagt</translation>
  </message>
  <message>
   <source>{attestations} attestations, of them {handlers} of handlers, each as it was stored</source>
   <translation>{attestations} Attestationen, davon {handlers} von Handlern, jede wie gespeichert</translation>
  </message>
  <message>
   <source>{bundle} is not known here, only {VERSION}</source>
   <translation>{bundle} ist hier nicht bekannt, nur {VERSION}</translation>
  </message>
  <message>
   <source>{error} (attestation {index} of {count})</source>
   <translation>{error} (Attestation {index} von {count})</translation>
  </message>
  <message>
   <source>{host} is an address already</source>
   <translation>{host} ist schon eine Adresse</translation>
  </message>
  <message>
   <source>{host} is refused: {error}</source>
   <translation>{host} wird abgelehnt: {error}</translation>
  </message>
  <message>
   <source>{imported} were stored; import it again for the others. {hint}</source>
   <translation>{imported} wurden gespeichert; importieren Sie es für die anderen noch einmal. {hint}</translation>
  </message>
  <message>
   <source>{key} is a text.</source>
   <translation>{key} ist ein Text.</translation>
  </message>
  <message>
   <source>{len} attestations are not as they were stored: {checked}</source>
   <translation>{len} Attestationen sind nicht, wie sie gespeichert wurden: {checked}</translation>
  </message>
  <message>
   <source>{len} besides the run's own, at most {MAX_TERMS}</source>
   <translation>{len} außer dem des Laufs, höchstens {MAX_TERMS}</translation>
  </message>
  <message>
   <source>{len} characters, at most {MAX_AS_CHARS}</source>
   <translation>{len} Zeichen, höchstens {MAX_AS_CHARS}</translation>
  </message>
  <message>
   <source>{len} characters, at most {MAX_CRON_CHARS}</source>
   <translation>{len} Zeichen, höchstens {MAX_CRON_CHARS}</translation>
  </message>
  <message>
   <source>{len} characters, at most {MAX_SOURCE_CHARS}</source>
   <translation>{len} Zeichen, höchstens {MAX_SOURCE_CHARS}</translation>
  </message>
  <message>
   <source>{len} files, such as {gone}</source>
   <translation>{len} Dateien, etwa {gone}</translation>
  </message>
  <message>
   <source>{len} repositories are named</source>
   <translation>{len} Repositorys sind genannt</translation>
  </message>
  <message>
   <source>{len} sources</source>
   <translation>{len} Quellen</translation>
  </message>
  <message>
   <source>{len} terms, at most {MAX_TERMS}</source>
   <translation>{len} Begriffe, höchstens {MAX_TERMS}</translation>
  </message>
  <message>
   <source>{many}, their files are there</source>
   <translation>{many}, ihre Dateien sind da</translation>
  </message>
  <message>
   <source>{msg}, at line {lineno} column {colno}</source>
   <translation>{msg}, in Zeile {lineno} Spalte {colno}</translation>
  </message>
  <message>
   <source>{name} is gone, but its -wal is there</source>
   <translation>{name} ist weg, aber ihre -wal ist da</translation>
  </message>
  <message>
   <source>{name} is no file or folder.</source>
   <translation>{name} ist keine Datei und kein Ordner.</translation>
  </message>
  <message>
   <source>{name} is not JSON</source>
   <translation>{name} ist kein JSON</translation>
  </message>
  <message>
   <source>{name} is sound, made {made_at}</source>
   <translation>{name} ist heil, gemacht {made_at}</translation>
  </message>
  <message>
   <source>{name} lacks {what}</source>
   <translation>{name} fehlt {what}</translation>
  </message>
  <message>
   <source>{name}, with the last writes in it, is gone; to go on without them, delete {name2}</source>
   <translation>{name} mit den letzten Änderungen ist weg; um ohne sie weiterzumachen, löschen Sie {name2}</translation>
  </message>
  <message>
   <source>{new_path} exists already.</source>
   <translation>{new_path} gibt es schon.</translation>
  </message>
  <message>
   <source>{number} is not a finite number</source>
   <translation>{number} ist keine endliche Zahl</translation>
  </message>
  <message>
   <source>{number} times</source>
   <translation>{number}-mal</translation>
  </message>
  <message>
   <source>{path} cannot be read: {term}</source>
   <translation>{path} ist nicht lesbar: {term}</translation>
  </message>
  <message>
   <source>{path} exists already.</source>
   <translation>{path} gibt es schon.</translation>
  </message>
  <message>
   <source>{path} has a key that is not a text</source>
   <translation>{path} hat einen Schlüssel, der kein Text ist</translation>
  </message>
  <message>
   <source>{path} has {len} bytes, at most {MAX_FILE_BYTES}.</source>
   <translation>{path} hat {len} Bytes, höchstens {MAX_FILE_BYTES}.</translation>
  </message>
  <message>
   <source>{path} holds half a character (surrogate).</source>
   <translation>{path} enthält ein halbes Zeichen (Surrogat).</translation>
  </message>
  <message>
   <source>{path} is a folder</source>
   <translation>{path} ist ein Ordner</translation>
  </message>
  <message>
   <source>{path} is a number of over 256 bits</source>
   <translation>{path} ist eine Zahl mit über 256 Bit</translation>
  </message>
  <message>
   <source>{path} is a {__name__}, which JSON cannot hold</source>
   <translation>{path} ist {__name__}, was JSON nicht kann</translation>
  </message>
  <message>
   <source>{path} is missing from the repository.</source>
   <translation>{path} fehlt im Repository.</translation>
  </message>
  <message>
   <source>{path} is not executable</source>
   <translation>{path} ist nicht ausführbar</translation>
  </message>
  <message>
   <source>{path} is {value}, which JSON cannot hold</source>
   <translation>{path} ist {value}, was JSON nicht kann</translation>
  </message>
  <message>
   <source>{place} is in a folder that is backed up</source>
   <translation>{place} liegt in einem Ordner, der gesichert wird</translation>
  </message>
  <message>
   <source>{python} does not say its version: {error}</source>
   <translation>{python} sagt seine Version nicht: {error}</translation>
  </message>
  <message>
   <source>{row} is taken</source>
   <translation>{row} ist vergeben</translation>
  </message>
  <message>
   <source>{said} that begins with {prefix}.</source>
   <translation>{said}, der mit {prefix} beginnt.</translation>
  </message>
  <message>
   <source>{seconds} s is not from 1 s to 366 days</source>
   <translation>{seconds} s liegen nicht zwischen 1 s und 366 Tagen</translation>
  </message>
  <message>
   <source>{size} bytes, at most {MAX_ATTRIBUTES_BYTES}</source>
   <translation>{size} Bytes, höchstens {MAX_ATTRIBUTES_BYTES}</translation>
  </message>
  <message>
   <source>{target} cannot be reached: the app is set offline (qntx config network.offline false)</source>
   <translation>{target} ist nicht erreichbar: die App ist offline gestellt (qntx config network.offline false)</translation>
  </message>
  <message>
   <source>{target} exists already.</source>
   <translation>{target} gibt es schon.</translation>
  </message>
  <message>
   <source>{target} is larger than {MAX_FILE_BYTES} MB.</source>
   <translation>{target} ist größer als {MAX_FILE_BYTES} MB.</translation>
  </message>
  <message>
   <source>{target} is not declared: add it to [tool.qntx] in the inline metadata, # network = ["{target}"]</source>
   <translation>{target} ist nicht genannt: fügen Sie es unter [tool.qntx] in den Metadaten hinzu, # network = ["{target}"]</translation>
  </message>
  <message>
   <source>{target} is refused: handlers never reach this app's own API</source>
   <translation>{target} wird abgelehnt: Handler erreichen nie die eigene API dieser App</translation>
  </message>
  <message>
   <source>{target} is refused: the name leads to a private address ({found}). Declare the address itself if that is meant.</source>
   <translation>{target} wird abgelehnt: der Name führt zu einer privaten Adresse ({found}). Nennen Sie die Adresse selbst, wenn sie gemeint ist.</translation>
  </message>
  <message>
   <source>{term} points to {sha}, which is missing or damaged.</source>
   <translation>{term} zeigt auf {sha}, was fehlt oder beschädigt ist.</translation>
  </message>
  <message>
   <source>{variable} names no file of certificates.</source>
   <translation>{variable} nennt keine Datei mit Zertifikaten.</translation>
  </message>
  <message>
   <source>{what}; choose of {ALL_SCOPES}</source>
   <translation>{what}; wählen Sie aus {ALL_SCOPES}</translation>
  </message>
 </context>
</TS>
