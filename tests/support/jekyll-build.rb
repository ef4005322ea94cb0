# frozen_string_literal: true

# Builds sites with the Jekyll of this machine. Reads a JSON list of {"source", "destination"} from standard input and
# prints a JSON list of {"error": message or null, "pages": [[source path, URL, title], …]} in the same order. Each site is built in a process
# of its own, since a plugin that one site loads would otherwise run on all that follow; Jekyll itself is loaded once.
#
# PAGES_LIBRARIES, when set, names the library folders (joined with ":") of the versions that GitHub Pages builds with:
# Jekyll 3.10, Liquid 4.0.4, jekyll-relative-links 0.6.1. The sites are then configured as the github-pages gem does.
require "json"

LIBRARIES = ENV.fetch("PAGES_LIBRARIES", "").split(":")
$LOAD_PATH.unshift(*LIBRARIES)
require "jekyll"

# The plugins of the gem's defaults that make or change pages.
PAGES_PLUGINS = %w(
  jekyll-relative-links jekyll-optional-front-matter jekyll-readme-index jekyll-default-layout
  jekyll-titles-from-headings
).freeze

# What the gem puts over a site's own configuration.
def pages_overrides(source)
  file = File.join(source, "_config.yml")
  own = File.exist?(file) ? YAML.safe_load(File.read(file)) : {}
  overrides = { "plugins" => PAGES_PLUGINS | Array(own["plugins"]), "safe" => true, "future" => true }
  overrides["whitelist"] = overrides["plugins"]
  overrides["exclude"] = Jekyll::Configuration::DEFAULTS["exclude"] + ["CNAME"] unless own.key?("exclude")
  overrides["kramdown"] = { "input" => "GFM", "hard_wrap" => false, "gfm_quirks" => "paragraph_end" }
  overrides
end

def build(source, destination)
  Dir.chdir(source)
  config = Jekyll.configuration(
    "source" => source,
    "destination" => destination,
    "disable_disk_cache" => true,
    "quiet" => true,
    # No theme is installed: pages come out without layout, which is all that is compared.
    "theme" => false,
    **(LIBRARIES.empty? ? {} : pages_overrides(source))
  )
  site = Jekyll::Site.new(config)
  site.process
  pages = site.pages.reject { |page| page.is_a?(Jekyll::PageWithoutAFile) }
  { "error" => nil, "pages" => pages.map { |page| [page.relative_path, page.url, page.to_liquid["title"]] } }
rescue StandardError, SystemExit => e
  { "error" => "#{e.class}: #{e.message}", "pages" => [] }
end

results = JSON.parse($stdin.read).map do |site|
  reader, writer = IO.pipe
  pid = fork do
    reader.close
    log = File.join(site["destination"] + ".log")
    $stderr.reopen(log, "w")
    $stdout.reopen(log, "w")
    writer.write(JSON.generate(build(site["source"], site["destination"])))
    writer.close
    exit!(0)
  end
  writer.close
  answer = reader.read
  Process.wait(pid)
  answer.empty? ? { "error" => "the build ended without an answer", "pages" => [] } : JSON.parse(answer)
end
puts JSON.generate(results)
