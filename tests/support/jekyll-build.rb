# frozen_string_literal: true

# Builds sites with the Jekyll of this machine. Reads a JSON list of {"source", "destination"} from standard input and
# prints a JSON list of {"error": message or null, "warnings": text} in the same order. Each site is built in a process
# of its own, since a plugin that one site loads would otherwise run on all that follow; Jekyll itself is loaded once.
require "json"
require "jekyll"

def build(source, destination)
  Dir.chdir(source)
  config = Jekyll.configuration(
    "source" => source,
    "destination" => destination,
    "disable_disk_cache" => true,
    "quiet" => true,
    # No theme is installed: pages come out without layout, which is all that is compared.
    "theme" => false
  )
  Jekyll::Site.new(config).process
  nil
rescue StandardError, SystemExit => e
  "#{e.class}: #{e.message}"
end

results = JSON.parse($stdin.read).map do |site|
  reader, writer = IO.pipe
  pid = fork do
    reader.close
    log = File.join(site["destination"] + ".log")
    $stderr.reopen(log, "w")
    $stdout.reopen(log, "w")
    writer.write(JSON.generate("error" => build(site["source"], site["destination"])))
    writer.close
    exit!(0)
  end
  writer.close
  answer = reader.read
  Process.wait(pid)
  answer.empty? ? { "error" => "the build ended without an answer" } : JSON.parse(answer)
end
puts JSON.generate(results)
