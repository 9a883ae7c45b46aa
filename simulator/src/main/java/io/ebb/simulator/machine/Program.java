package io.ebb.simulator.machine;

import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/**
 * A program that is installed on a machine: it is started at each boot.
 *
 * @param environment added to the simulator's own
 */
public record Program(List<String> command, Map<String, String> environment) {

    public Program {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
        if (command.isEmpty()) {
            throw new IllegalArgumentException("a program needs a command");
        }
    }

    /** The program with each {@code {key}} replaced by its value. */
    Program with(Map<String, String> values) {
        return new Program(
                command.stream().map(word -> replace(word, values)).toList(),
                environment.entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Entry::getKey, e -> replace(e.getValue(), values))));
    }

    private static String replace(String text, Map<String, String> values) {
        var result = text;
        for (var value : values.entrySet()) {
            result = result.replace("{" + value.getKey() + "}", value.getValue());
        }
        return result;
    }
}
