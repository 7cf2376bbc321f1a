package dev.collectionalias.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.luaj.vm2.Globals;
import org.luaj.vm2.LoadState;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;
import org.luaj.vm2.compiler.LuaC;
import org.luaj.vm2.lib.BaseLib;
import org.luaj.vm2.lib.PackageLib;
import org.luaj.vm2.lib.TableLib;

/**
 * A script as Argo CD runs one that is in its ConfigMap: {@code obj} is the object, and there are the base library and
 * the one for tables, but none for strings, numbers, files or the clock.
 */
record LuaScript(String source) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static LuaScript in(Path file) {
        try {
            return new LuaScript(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it returns. A table that is empty becomes what the object has at the same place. */
    JsonNode run(JsonNode object) {
        Globals globals = new Globals();
        globals.load(new BaseLib());
        globals.load(new PackageLib());
        globals.load(new TableLib());
        forgetWhatIsNewer(globals);
        LoadState.install(globals);
        LuaC.install(globals);
        globals.set("obj", toLua(object));
        return toJson(globals.load(source, "script").call(), object);
    }

    /** Argo CD speaks Lua 5.1, this interpreter 5.2. */
    private static void forgetWhatIsNewer(Globals globals) {
        globals.set("rawlen", LuaValue.NIL);
        globals.get("table").set("pack", LuaValue.NIL);
        globals.get("table").set("unpack", LuaValue.NIL);
    }

    private static LuaValue toLua(JsonNode node) {
        LuaTable table = new LuaTable();
        return switch (node.getNodeType()) {
            case OBJECT -> {
                node.properties().forEach(field -> table.set(field.getKey(), toLua(field.getValue())));
                yield table;
            }
            case ARRAY -> {
                node.forEach(element -> table.insert(0, toLua(element)));
                yield table;
            }
            case BOOLEAN -> LuaValue.valueOf(node.booleanValue());
            case NUMBER -> LuaValue.valueOf(node.doubleValue());
            case STRING -> LuaValue.valueOf(node.textValue());
            case NULL -> LuaValue.NIL;
            default -> throw new IllegalArgumentException("Kubernetes has no " + node.getNodeType());
        };
    }

    private static JsonNode toJson(LuaValue value, JsonNode before) {
        return switch (value.type()) {
            case LuaValue.TTABLE -> toJson(value.checktable(), before);
            case LuaValue.TBOOLEAN -> JSON.booleanNode(value.toboolean());
            case LuaValue.TNUMBER ->
                value.isint() ? JSON.numberNode(value.toint()) : JSON.numberNode(value.todouble());
            case LuaValue.TSTRING -> JSON.textNode(value.tojstring());
            default -> throw new IllegalArgumentException("JSON has no " + value.typename());
        };
    }

    private static JsonNode toJson(LuaTable table, JsonNode before) {
        if (table.length() > 0) {
            ArrayNode array = JSON.arrayNode();
            for (int i = 1; i <= table.length(); i++) {
                array.add(toJson(table.get(i), before.path(i - 1)));
            }
            return array;
        }
        ObjectNode object = JSON.objectNode();
        for (Varargs entry = table.next(LuaValue.NIL); !entry.arg1().isnil(); entry = table.next(entry.arg1())) {
            String key = entry.arg1().tojstring();
            object.set(key, toJson(entry.arg(2), before.path(key)));
        }
        return object.isEmpty() && before.isArray() ? JSON.arrayNode() : object;
    }
}
