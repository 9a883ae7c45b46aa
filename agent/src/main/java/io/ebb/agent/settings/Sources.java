package io.ebb.agent.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects what is set where: a flag wins over the environment, that over the file. */
final class Sources {

    /**
     * A text and where it stands.
     *
     * @param origin {@code --poll}, {@code EBB_POLL}, {@code agent.conf:3 poll}
     */
    record Given(String text, String origin) {}

    private final Map<Option, Given> given = new EnumMap<>(Option.class);

    private Sources() {}

    static Sources of(List<String> arguments, Map<String, String> environment)
            throws SettingsException {
        var sources = new Sources();
        sources.flags(arguments);
        for (Option option : Option.values()) {
            String text = environment.get(option.variable());
            if (text != null) {
                sources.given.putIfAbsent(option, new Given(text.strip(), option.variable()));
            }
        }
        Given file = sources.get(Option.SETTINGS);
        if (!file.text().isEmpty()) {
            sources.file(file);
        }
        return sources;
    }

    /** What is set, or the default. */
    Given get(Option option) {
        Given found = given.get(option);
        return found == null ? new Given(option.fallback, option.flag()) : found;
    }

    private void flags(List<String> arguments) throws SettingsException {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String flag = equals < 0 ? argument : argument.substring(0, equals);
            Option option =
                    List.of(Option.values()).stream()
                            .filter(each -> each.flag().equals(flag))
                            .findFirst()
                            .orElseThrow(() ->
                                    new SettingsException(
                                            flag + ": there is no such flag; see --help"));
            if (equals < 0 && ++i == arguments.size()) {
                throw new SettingsException(flag + ": its value is missing");
            }
            String text = equals < 0 ? arguments.get(i) : argument.substring(equals + 1);
            if (given.put(option, new Given(text.strip(), flag)) != null) {
                throw new SettingsException(flag + ": is given twice");
            }
        }
    }

    private void file(Given file) throws SettingsException {
        List<String> lines;
        try {
            lines = Files.readAllLines(Path.of(file.text()));
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(file.origin() + ": reading " + file.text() + ": " + e);
        }
        Map<Option, Given> found = new EnumMap<>(Option.class);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            String where = file.text() + ":" + (i + 1);
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new SettingsException(where + ": expected a line like poll=1s");
            }
            String key = line.substring(0, equals).strip();
            Option option =
                    option(key)
                            .orElseThrow(() ->
                                    new SettingsException(where + " " + key + ": no such setting"));
            var value = new Given(line.substring(equals + 1).strip(), where + " " + key);
            if (found.put(option, value) != null) {
                throw new SettingsException(value.origin() + ": is given twice");
            }
        }
        found.forEach(given::putIfAbsent);
    }

    private static Optional<Option> option(String key) {
        return List.of(Option.values()).stream()
                .filter(each -> each != Option.SETTINGS)
                .filter(each -> each.key().equals(key) || each.variable().equals(key))
                .findFirst();
    }
}
